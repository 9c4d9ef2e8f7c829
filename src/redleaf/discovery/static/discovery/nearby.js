// "Use my position once": the browser's coordinates become a cell of 0.01 degree (about a
// kilometre) here, before anything is sent. They go in a body, never in an address.
import { token } from "../web/request.js";

const button = document.querySelector("[data-here]");
const result = document.getElementById("nearby-here");

export function cellOf(coordinates) {
  return `${coordinates.latitude.toFixed(2)},${coordinates.longitude.toFixed(2)}`;
}

function position() {
  return new Promise((found, failed) => {
    if (!navigator.geolocation) failed(new Error("unknown"));
    else navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: false, maximumAge: 600000, timeout: 10000 });
  });
}

function say(words) {
  const line = document.createElement("p");
  line.className = "notice-bar";
  line.textContent = words;
  result.replaceChildren(line);
}

async function look() {
  button.disabled = true;
  say(button.dataset.waiting);
  let cell;
  try {
    cell = cellOf((await position()).coords);
  } catch {
    say(button.dataset.denied);
    button.disabled = false;
    return;
  }
  try {
    const answer = await fetch(button.dataset.address, {
      method: "POST",
      body: new URLSearchParams({ cell }),
      headers: { "HX-Request": "true", "X-CSRFToken": token() },
    });
    if (!answer.ok) throw new Error("refused");
    result.innerHTML = await answer.text();
    window.htmx?.process(result);
  } catch {
    say(document.body.dataset.failed);
  }
  button.disabled = false;
}

button?.addEventListener("click", look);
