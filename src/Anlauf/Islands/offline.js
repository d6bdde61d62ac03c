// Says so when the network is gone; forms are then held back instead of lost.
export function start(body, signal) {
  let bar = null;
  const show = () => {
    if (navigator.onLine) {
      bar?.remove();
      bar = null;
      return;
    }
    if (bar) return;
    bar = document.createElement("div");
    bar.className = "hinweis ocker netz";
    bar.setAttribute("role", "status");
    const text = document.createElement("p");
    const strong = document.createElement("b");
    strong.textContent = "Keine Verbindung.";
    text.append(strong, " Was Sie schreiben, bleibt auf dieser Seite stehen. Senden Sie es, sobald das Netz wieder da ist.");
    bar.append(text);
    body.querySelector("main")?.prepend(bar);
  };
  addEventListener("online", show, { signal });
  addEventListener("offline", show, { signal });
  document.addEventListener("submit", event => {
    // notes from calls wait on the device instead (call-notes.js)
    if (navigator.onLine || event.target.matches("form[data-anrufnotiz]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    show();
    bar?.scrollIntoView({ block: "nearest" });
  }, { signal, capture: true });
  signal.addEventListener("abort", () => bar?.remove());
  show();
}
