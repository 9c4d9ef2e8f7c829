// Sign-up: propose a handle from the name until somebody types their own, and say if it is free.

const name = document.getElementById("id_display_name");
const box = document.getElementById("handle-box");

if (name && box) {
  let own = Boolean(box.querySelector("input")?.value);
  let newest = 0;

  const ask = async (fields) => {
    const turn = ++newest;
    const address = `${box.dataset.check}?${new URLSearchParams(fields)}`;
    const reply = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!reply?.ok || turn !== newest) return;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const input = box.querySelector("input");
    const found = page.querySelector("input");
    if (!own && found) input.value = found.value;
    const status = page.querySelector("[data-handle-status]");
    const place = box.querySelector("[data-handle-status]");
    if (status && place) place.replaceWith(document.adoptNode(status));
    input.setAttribute("aria-invalid", String(Boolean(status?.dataset.problem)));
  };

  let timer = 0;
  const soon = (fields) => {
    clearTimeout(timer);
    timer = setTimeout(() => ask(fields()), 350);
  };

  name.addEventListener("input", () => {
    if (!own) soon(() => ({ display_name: name.value }));
  });
  box.addEventListener("input", (event) => {
    own = event.target.value !== "";
    soon(() => ({ username: event.target.value, display_name: name.value }));
  });
}
