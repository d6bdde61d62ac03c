// Keeps unsent text on this device: <form data-entwurf="key">. Passwords, files and hidden fields are never kept.
const prefix = "anlauf-entwurf:";
const maximumAge = 14 * 24 * 3600 * 1000;

function fields(form) {
  return [...form.elements].filter(e => e.name && (e.tagName === "TEXTAREA" || e.tagName === "SELECT" || /^(text|search|email|tel|url|number|date|time)$/.test(e.type)) && e.autocomplete !== "off");
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return kept && Date.now() - kept.at < maximumAge ? kept : null;
  } catch {
    return null;
  }
}

export function start(form, signal) {
  if (!form.dataset.entwurf) return;
  const key = prefix + form.dataset.entwurf;
  const before = new Map(fields(form).map(f => [f.name, f.value]));
  const kept = read(key);
  if (kept && fields(form).some(f => kept.values[f.name] !== undefined && kept.values[f.name] !== f.value)) offer(form, key, kept, signal);
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const values = Object.fromEntries(fields(form).filter(f => f.value !== before.get(f.name)).map(f => [f.name, f.value]));
      try {
        if (Object.keys(values).length) localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
        else localStorage.removeItem(key);
      } catch { /* no storage: the page works as before */ }
    }, 600);
  }, { signal });
  form.addEventListener("turbo:submit-end", event => {
    if (event.detail.success) localStorage.removeItem(key);
  }, { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
}

function offer(form, key, kept, signal) {
  const bar = document.createElement("div");
  bar.className = "hinweis ocker mb-3";
  bar.setAttribute("role", "status");
  const text = document.createElement("p");
  const when = new Date(kept.at).toLocaleString("de-DE", { weekday: "short", day: "numeric", month: "numeric", hour: "2-digit", minute: "2-digit" });
  text.append(`Auf diesem Gerät liegt ein nicht gesendeter Text vom ${when}. `);
  const button = (label, action) => {
    const b = document.createElement("button");
    b.type = "button";
    b.className = "btn btn-still btn-sm";
    b.textContent = label;
    b.addEventListener("click", () => { action(); bar.remove(); }, { signal });
    text.append(b, " ");
  };
  button("Übernehmen", () => fields(form).forEach(f => { if (kept.values[f.name] !== undefined) f.value = kept.values[f.name]; }));
  button("Verwerfen", () => localStorage.removeItem(key));
  bar.append(text);
  form.prepend(bar);
  signal.addEventListener("abort", () => bar.remove());
}
