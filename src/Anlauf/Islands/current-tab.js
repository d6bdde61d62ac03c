// On a narrow screen the row of pages scrolls sideways: the page one is on is brought into view.
export function start(row) {
  const current = row.querySelector("[aria-current]");
  if (!current) return;
  const [box, at] = [row.getBoundingClientRect(), current.getBoundingClientRect()];
  row.scrollLeft += at.left - box.left - (box.width - at.width) / 2;
}
