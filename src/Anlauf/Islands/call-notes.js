// Notes from calls are written on this device first and sent from there, in order, until the server has said that it keeps them. So a
// note survives a dead spot and a killed browser; the id made here lets the server keep it once. What is sent is removed from the device.
const database = "anlauf-anrufe";

const open = () => new Promise((resolve, reject) => {
  const asked = indexedDB.open(database, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("notizen", { keyPath: "platz", autoIncrement: true });
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

// strict: the note is on the disk before anybody is told that it is kept
async function change(work) {
  const store = await open();
  try {
    return await new Promise((resolve, reject) => {
      const turn = store.transaction("notizen", "readwrite", { durability: "strict" });
      const asked = work(turn.objectStore("notizen"));
      turn.oncomplete = () => resolve(asked.result);
      turn.onabort = () => reject(turn.error);
    });
  } finally {
    store.close();
  }
}

const waiting = () => change(notes => notes.getAll());

let sending = null;

// one after the other, in one tab at a time; what the server said to each stands in "said" by its id
function send() {
  sending ??= (navigator.locks ? navigator.locks.request(database, sendAll) : sendAll()).finally(() => { sending = null; });
  return sending;
}

const said = new Map();

// the token that makes a form ours, and who is signed in
async function mark() {
  const asked = await fetch("/menschen/anrufe/marke", { headers: { accept: "application/json" } });
  return asked.ok && !asked.redirected ? asked.json() : null;
}

async function sendAll() {
  const notes = (await waiting()).filter(n => !n.grund);
  if (notes.length === 0 || !navigator.onLine) return;
  const ours = await mark();
  if (!ours) return;
  for (const note of notes.filter(n => n.wer === String(ours.wer))) {
    const body = new FormData();
    for (const [name, value] of Object.entries(note.werte)) body.append(name, value);
    body.append(ours.feld, ours.wert);
    const answer = await fetch("/menschen/anrufe/notiz", { method: "POST", body });
    if (answer.redirected || (!answer.ok && answer.status !== 409)) return; // later again, in the same order
    if (answer.ok) {
      said.set(note.werte.id, (await answer.json()).satz);
      await change(all => all.delete(note.platz));
    }
    else await change(put({ ...note, grund: (await answer.json()).grund }));
  }
}

const put = note => notes => notes.put(note);

// the bar says what still lies here, and what could not be kept
async function say(body) {
  const notes = await waiting();
  body.querySelector(".notizen-warten")?.remove();
  if (notes.length === 0) return;
  const refused = notes.filter(n => n.grund);
  const bar = document.createElement("div");
  bar.className = "hinweis ocker notizen-warten";
  bar.setAttribute("role", "status");
  const text = document.createElement("p");
  const unsent = notes.length - refused.length;
  if (unsent > 0) text.append(unsent === 1 ? "Eine Notiz liegt noch auf diesem Gerät und wird gesendet, sobald das Netz da ist. " : `${unsent} Notizen liegen noch auf diesem Gerät und werden gesendet, sobald das Netz da ist. `);
  for (const note of refused) {
    text.append(`Nicht gespeichert: ${note.grund}. `);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-still btn-sm";
    button.textContent = "Vom Gerät löschen";
    button.addEventListener("click", async () => { await change(all => all.delete(note.platz)); await say(body); });
    text.append(button, " ");
  }
  bar.append(text);
  body.querySelector("main")?.prepend(bar);
}

export function watch(body, signal) {
  if (!("indexedDB" in window)) return;
  const again = () => send().catch(() => {}).then(() => signal.aborted ? undefined : say(body)).catch(() => {});
  addEventListener("online", again, { signal });
  signal.addEventListener("abort", () => body.querySelector(".notizen-warten")?.remove());
  // only where notes lie: the first look costs nothing else
  waiting().then(notes => { if (notes.length > 0) again(); }).catch(() => {});
}

export function start(form, signal) {
  if (!("indexedDB" in window)) return;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.dataset.notiert) return;
    form.dataset.notiert = "1";
    const given = new FormData(form, event.submitter);
    const werte = { id: given.get("Input.Id"), arrivalId: given.get("Input.ArrivalId"), outcome: given.get("Input.Outcome") ?? "", note: given.get("Input.Note") ?? "", nextOn: given.get("Input.NextOn") ?? "", at: String(Date.now()) };
    const alone = form.closest("[data-einzeln]");
    if (alone && navigator.onLine) werte.bestaetigen = "1";
    try {
      await change(notes => notes.add({ wer: form.dataset.anrufnotiz, werte }));
    } catch {
      // no storage on this device: the form goes its ordinary way, with the button that was pressed
      const pressed = document.createElement("input");
      pressed.type = "hidden";
      pressed.name = "Input.Outcome";
      pressed.value = werte.outcome;
      form.append(pressed);
      HTMLFormElement.prototype.submit.call(form);
      return;
    }
    const line = done(form, werte, event.submitter ? event.submitter.textContent : "");
    try { await send(); } catch { /* no network: it lies on the device */ }
    if (signal.aborted) return;
    if (said.has(werte.id)) line.firstChild.textContent = said.get(werte.id) + " ";
    const left = await waiting();
    if (left.length === 0 && alone) {
      window.Turbo?.visit ? window.Turbo.visit("/menschen/anrufe") : location.assign("/menschen/anrufe");
      return;
    }
    await say(document.body);
  }, { signal, capture: true });
}

// says what was noted and takes it back: from the device while it lies there, from the server once it was sent
function done(form, werte, what) {
  const fields = [...form.querySelectorAll("button, textarea, input")];
  for (const element of fields) element.disabled = true;
  form.querySelector(".notiert")?.remove();
  const line = document.createElement("p");
  line.className = "notiert mb-0";
  line.setAttribute("role", "status");
  const back = document.createElement("button");
  back.type = "button";
  back.className = "btn btn-still btn-sm";
  back.textContent = "Rückgängig";
  back.addEventListener("click", async () => {
    back.disabled = true;
    const refused = await takeBack(werte.id).catch(() => "Ohne Netz lässt sich das gerade nicht zurücknehmen. Versuchen Sie es gleich noch einmal");
    if (refused) {
      back.disabled = false;
      line.firstChild.textContent = refused + ". ";
      return;
    }
    for (const element of fields) element.disabled = false;
    form.querySelector("[name='Input.Id']").value = crypto.randomUUID();
    // may be sent again: by this island, and past the one that stops a second click
    delete form.dataset.notiert;
    delete form.dataset.gesendet;
    form.removeAttribute("aria-busy");
    line.textContent = "Zurückgenommen.";
    await say(document.body);
  });
  line.append(`Notiert: ${what}. `, back);
  form.append(line);
  return line;
}

// null, or why not
async function takeBack(id) {
  const here = (await waiting()).find(n => n.werte.id === id);
  if (here) {
    await change(all => all.delete(here.platz));
    return null;
  }
  const ours = await mark();
  if (!ours) return "Melden Sie sich neu an";
  const body = new FormData();
  body.append(ours.feld, ours.wert);
  body.append("liste", "1");
  const answer = await fetch(`/menschen/anrufe/notiz/${id}/zurueck`, { method: "POST", body });
  return answer.ok ? null : answer.status === 409 ? (await answer.json()).grund : "Das ist nicht angekommen. Versuchen Sie es noch einmal";
}
