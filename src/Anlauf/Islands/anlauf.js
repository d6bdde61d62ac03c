// Entry of the browser side. Every page is complete without it; an island adds comfort where its mark stands.
// An island is a module with start(element, signal): the signal is aborted when the page is left, and takes listeners along.
import "@hotwired/turbo";
import * as confirmOnce from "./submit-once.js";
import * as draft from "./draft.js";
import * as jk from "./jk.js";
import * as keys from "./keys.js";
import * as offline from "./offline.js";
import * as selectAll from "./select-all.js";

const islands = [
  ["form[data-einmal]", () => confirmOnce],
  ["form[data-entwurf]", () => draft],
  ["[data-jk]", () => jk],
  ["[data-alle]", () => selectAll],
  // larger ones are fetched only where they are needed
  ["figure.karte", () => import("./map.js")],
  ["form[data-insel=passkey]", () => import("./passkey.js")],
];

let running = null;

function stop() {
  running?.abort();
  running = null;
}

function start() {
  stop();
  running = new AbortController();
  const { signal } = running;
  keys.start(document.body, signal);
  offline.start(document.body, signal);
  for (const [selector, load] of islands) {
    for (const element of document.querySelectorAll(selector)) {
      Promise.resolve(load()).then(island => signal.aborted || island.start(element, signal));
    }
  }
  // the error summary takes the focus, so that it is read before anything else
  document.querySelector("[data-fokus], .fehlerliste[autofocus]")?.focus();
}

document.addEventListener("turbo:load", start, { once: true });
document.addEventListener("turbo:render", start); // every later page, and the same page again after a refused form (422)
document.addEventListener("turbo:before-cache", stop);
