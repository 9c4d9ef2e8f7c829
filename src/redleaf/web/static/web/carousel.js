// Buttons, keys, dots and the count for pictures that scroll by themselves.
export function startCarousels(root) {
  for (const carousel of root.querySelectorAll("[data-carousel]")) {
    if (carousel.dataset.started) continue;
    carousel.dataset.started = "yes";
    start(carousel);
  }
}

function start(carousel) {
  const track = carousel.querySelector(".track");
  const pictures = [...track.children];
  if (pictures.length < 2) return;
  const dots = [...carousel.querySelectorAll(".dots span")];
  const place = carousel.querySelector("[data-place]");
  const steps = [...carousel.querySelectorAll("[data-step]")];
  let current = 0;
  const show = (index) => {
    current = index;
    if (place) place.textContent = `${index + 1} / ${pictures.length}`;
    dots.forEach((dot, number) => dot.classList.toggle("is-on", number === index));
    for (const step of steps) step.disabled = step.dataset.step === "-1" ? index === 0 : index === pictures.length - 1;
  };
  const go = (index) => {
    const target = pictures[Math.max(0, Math.min(pictures.length - 1, index))];
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    track.scrollTo({ left: target.offsetLeft - track.offsetLeft, behavior });
  };
  for (const step of steps) step.addEventListener("click", () => go(current + Number(step.dataset.step)));
  track.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!way) return;
    event.preventDefault();
    go(current + way);
  });
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) show(pictures.indexOf(entry.target));
  }, { root: track, threshold: 0.6 });
  pictures.forEach((picture) => observer.observe(picture));
  show(0);
}
