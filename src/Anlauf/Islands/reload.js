// Work that goes on in the background: the page is fetched anew after so many seconds while it is looked at, and stays where it is scrolled to.
import { visit } from "@hotwired/turbo";

export function start(element, signal) {
  const timer = setInterval(() => {
    if (document.visibilityState === "visible" && !element.contains(document.activeElement)) visit(location.href, { action: "replace" });
  }, Number(element.dataset.neuLaden) * 1000);
  signal.addEventListener("abort", () => clearInterval(timer));
}
