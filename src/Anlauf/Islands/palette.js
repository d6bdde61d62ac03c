// Search and jump: a dialog with a combobox over /suche.json, an array of { titel, gruppe, href, neben }.
let dialog = null, input, list, status, hits = [], chosen = 0, request = null, timer = 0;

export function open(signal) {
  dialog ??= build();
  if (!dialog.isConnected) document.body.append(dialog);
  signal.addEventListener("abort", () => { dialog.close(); dialog.remove(); }, { once: true });
  input.value = "";
  hits = sections();
  chosen = 0;
  show();
  if (!dialog.open) dialog.showModal();
  input.focus();
}

function build() {
  const d = element("dialog", { class: "palette", "aria-label": "Suchen und springen" });
  const line = element("div", { class: "eing" });
  input = element("input", { type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "palette-treffer", "aria-autocomplete": "list", "aria-label": "Suchen oder springen", autocomplete: "off", spellcheck: "false" });
  list = element("div", { id: "palette-treffer", role: "listbox", "aria-label": "Treffer" });
  status = element("p", { class: "fuss-p m-0", role: "status" });
  line.append(input);
  d.append(line, list, status);
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 150);
  });
  input.addEventListener("keydown", event => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (hits.length) chosen = (chosen + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length;
      show();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (hits[chosen]) go(hits[chosen].href);
      else everywhere();
    }
  });
  d.addEventListener("click", event => {
    const option = event.target.closest("[role=option]");
    if (option) go(option.dataset.href);
    else if (event.target === d) d.close();
  });
  return d;
}

// the sections of the page itself can be reached without asking the server
function sections() {
  const seen = new Set();
  return [...document.querySelectorAll(".kopf .heute, .haupt a, .unterbereiche a")]
    .map(a => ({ titel: a.firstChild.textContent.trim(), gruppe: "Seiten", href: a.getAttribute("href") }))
    .filter(s => s.titel && !seen.has(s.href) && seen.add(s.href));
}

async function search() {
  const words = input.value.trim();
  request?.abort();
  const matching = sections().filter(s => s.titel.toLowerCase().includes(words.toLowerCase()));
  if (!words) {
    hits = matching;
    chosen = 0;
    show();
    return;
  }
  request = new AbortController();
  try {
    // sent, not asked by address: names do not belong into the logs of those in between
    const answer = await fetch("/suche.json", { method: "POST", body: sent(words), signal: request.signal, headers: { Accept: "application/json" } });
    const found = answer.ok && !answer.redirected ? await answer.json() : [];
    hits = [...matching, ...found];
  } catch (error) {
    if (error.name === "AbortError") return;
    hits = matching;
    status.textContent = "Die Suche ist gerade nicht erreichbar.";
  }
  chosen = 0;
  show();
}

function show() {
  const order = [...new Set(hits.map(h => h.gruppe))];
  hits = order.flatMap(g => hits.filter(h => h.gruppe === g));
  list.replaceChildren(...order.map(group => {
    const box = element("div", { role: "group", "aria-label": group });
    const title = element("h3", { "aria-hidden": "true" });
    title.textContent = group;
    box.append(title);
    hits.forEach((hit, i) => {
      if (hit.gruppe !== group) return;
      const option = element("div", { role: "option", id: "palette-" + i, "aria-selected": String(i === chosen) });
      option.dataset.href = hit.href;
      const name = element("span", {});
      name.append(...marked(hit.titel, input.value.trim()));
      option.append(name);
      if (hit.neben) {
        const beside = element("small", {});
        beside.textContent = hit.neben;
        option.append(beside);
      }
      box.append(option);
    });
    return box;
  }));
  if (hits.length) input.setAttribute("aria-activedescendant", "palette-" + chosen);
  else input.removeAttribute("aria-activedescendant");
  document.getElementById("palette-" + chosen)?.scrollIntoView({ block: "nearest" });
  status.textContent = (hits.length === 1 ? "1 Treffer" : hits.length + " Treffer") + (innerWidth > 760 ? " · Pfeiltasten wählen, Eingabe öffnet, Esc schließt" : "");
}

function marked(text, words) {
  const at = words ? text.toLowerCase().indexOf(words.toLowerCase()) : -1;
  if (at < 0) return [text];
  const mark = element("mark", {});
  mark.textContent = text.slice(at, at + words.length);
  return [text.slice(0, at), mark, text.slice(at + words.length)];
}

function sent(words) {
  const fields = new FormData(document.querySelector("form.suche"));
  fields.set("q", words);
  return new URLSearchParams(fields);
}

// the form in the page's head leads to the page of results, as it does without script
function everywhere() {
  const form = document.querySelector("form.suche");
  form.elements.q.value = input.value;
  dialog.close();
  form.requestSubmit();
}

function go(href) {
  dialog.close();
  window.Turbo.visit(href);
}

function element(tag, attributes) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  return e;
}
