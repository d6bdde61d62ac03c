// One tick for all rows: <input type="checkbox" data-alle="auswahl"> commands all boxes of that name in its form.
// An element with data-gewaehlt says how many; its bar is „leer“ while there are none. A box with data-ganze stands for all of a filter.
export function start(master, signal) {
  const scope = master.form ?? document;
  const boxes = () => [...scope.querySelectorAll(`input[type=checkbox][name="${CSS.escape(master.dataset.alle)}"]`)];
  const whole = scope.querySelector("input[data-ganze]");
  const count = () => {
    const all = boxes();
    const n = all.filter(b => b.checked).length;
    master.checked = n > 0 && n === all.length;
    master.indeterminate = n > 0 && n < all.length;
    const said = whole?.checked ? `Alle ${whole.dataset.ganze} ausgewählt` : n === 0 ? "Noch niemand ausgewählt" : `${n} ausgewählt`;
    scope.querySelectorAll("[data-gewaehlt]").forEach(e => {
      e.textContent = said;
      e.closest(".sammel")?.classList.toggle("leer", n === 0 && !whole?.checked);
    });
  };
  master.hidden = false;
  master.addEventListener("change", () => {
    boxes().forEach(b => { b.checked = master.checked; });
    count();
  }, { signal });
  scope.addEventListener("change", event => event.target !== master && count(), { signal });
  // the boxes are empty only after the event
  scope.addEventListener("reset", () => setTimeout(count), { signal });
  count();
}
