// One tick for all rows: <input type="checkbox" data-alle="auswahl"> commands all boxes of that name in its form.
// An element with data-gewaehlt shows the number.
export function start(master, signal) {
  const scope = master.form ?? document;
  const boxes = () => [...scope.querySelectorAll(`input[type=checkbox][name="${CSS.escape(master.dataset.alle)}"]`)];
  const count = () => {
    const all = boxes();
    const n = all.filter(b => b.checked).length;
    master.checked = n > 0 && n === all.length;
    master.indeterminate = n > 0 && n < all.length;
    scope.querySelectorAll("[data-gewaehlt]").forEach(e => { e.textContent = n === 1 ? "1 ausgewählt" : `${n} ausgewählt`; });
  };
  master.hidden = false;
  master.addEventListener("change", () => {
    boxes().forEach(b => { b.checked = master.checked; });
    count();
  }, { signal });
  scope.addEventListener("change", event => event.target !== master && count(), { signal });
  count();
}
