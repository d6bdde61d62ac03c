// J and K step through findings while the focus is inside: <div data-jk=".fundkarte>summary">.
// Switched off per device by localStorage "anlauf-jk" = "aus" (for people who use speech or other keys).
export function start(container, signal) {
  container.addEventListener("keydown", event => {
    const step = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || switchedOff() || isTyping(event.target)) return;
    const stops = [...container.querySelectorAll(container.dataset.jk)].filter(e => e.offsetParent);
    const here = stops.findIndex(e => e === event.target || e.closest("details,li,tr")?.contains(event.target));
    const next = stops[Math.max(0, Math.min(stops.length - 1, here + step))];
    if (!next) return;
    event.preventDefault();
    const card = next.closest("details.fundkarte");
    if (card) container.querySelectorAll("details.fundkarte").forEach(d => { d.open = d === card; });
    if (!next.matches("a,button,input,summary,[tabindex]")) next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }, { signal });
}

function switchedOff() {
  try {
    return localStorage.getItem("anlauf-jk") === "aus";
  } catch {
    return false;
  }
}

function isTyping(target) {
  return target.matches("textarea,select,[contenteditable]") || target.matches("input:not([type=radio],[type=checkbox])");
}
