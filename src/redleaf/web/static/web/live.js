// The unread badge: one event stream, and a slow question now and then where streams do not work.
const POLL_MILLISECONDS = 60_000;

export function startBadge() {
  if (document.body.dataset.signedIn !== "yes") return;
  let source;
  let failures = 0;
  const open = () => {
    if (source || document.hidden) return;
    source = new EventSource("/live/badge");
    source.addEventListener("unread", (event) => { failures = 0; show(Number(event.data)); });
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED && ++failures < 3) return;
      close();
      setTimeout(ask, POLL_MILLISECONDS);
    });
  };
  const close = () => { source?.close(); source = undefined; };
  const ask = async () => {
    try {
      const answer = await fetch("/inbox/unread/", { headers: { Accept: "application/json" } });
      if (answer.ok) show((await answer.json()).unread);
    } catch { /* offline: the next look tells */ }
    failures = 0;
    open();
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  window.addEventListener("pagehide", close);
  open();
}

function show(number) {
  for (const badge of document.querySelectorAll("[data-unread]")) badge.textContent = number > 99 ? "99+" : number || "";
}
