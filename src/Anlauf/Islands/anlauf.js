// Entry of the browser side. Every page is complete without it; an island adds comfort where its mark stands.
// An island is a module with start(element, signal): the signal is aborted when the page is left, and takes listeners along.
import "@hotwired/turbo";
import * as callNotes from "./call-notes.js";
import * as currentTab from "./current-tab.js";
import * as draft from "./draft.js";
import * as jk from "./jk.js";
import * as keys from "./keys.js";
import * as map from "./map.js";
import * as offline from "./offline.js";
import * as passkey from "./passkey.js";
import * as picture from "./picture.js";
import * as reload from "./reload.js";
import * as selectAll from "./select-all.js";
import * as submitOnce from "./submit-once.js";

const islands = [
  [".unterbereiche", currentTab],
  ["form[data-einmal]", submitOnce],
  ["form[data-anrufnotiz]", callNotes],
  ["form[data-entwurf]", draft],
  ["[data-jk]", jk],
  ["[data-alle]", selectAll],
  ["[data-neu-laden]", reload],
  ["figure.karte", map],
  ["a[data-insel=bild]", picture],
  ["form[data-insel=passkey]", passkey],
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
  callNotes.watch(document.body, signal);
  for (const [selector, island] of islands) {
    for (const element of document.querySelectorAll(selector)) island.start(element, signal);
  }
  // the error summary takes the focus, so that it is read before anything else
  document.querySelector("[data-fokus], .fehlerliste[autofocus]")?.focus();
}

document.addEventListener("turbo:load", start, { once: true });
document.addEventListener("turbo:render", start); // every later page, and the same page again after a refused form (422)
document.addEventListener("turbo:before-cache", stop);
