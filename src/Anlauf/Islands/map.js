// The map: list and map point at each other, arrow keys step to the next municipality, +/−/Ganz zoom, Enter opens, Escape leaves.
// Shapes are path.g with id "g-KEY", data-n name, data-t text; list entries carry data-zeigt="KEY".
const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function start(figure, signal) {
  const svg = figure.querySelector("svg.land");
  if (!svg) return;
  const on = (target, type, handler) => target.addEventListener(type, handler, { signal });
  const [x0, y0, w0, h0] = svg.getAttribute("viewBox").split(" ").map(Number);
  let view = [x0, y0, w0, h0], current = null;
  const tip = make("div", "tipp"), told = make("span", "visually-hidden");
  tip.hidden = true;
  told.setAttribute("role", "status");
  figure.append(tip, told);

  const middle = shape => {
    const b = shape.getBBox();
    return [b.x + b.width / 2, b.y + b.height / 2];
  };
  const point = shape => {
    svg.querySelectorAll(".g.an").forEach(g => g.classList.remove("an"));
    tip.hidden = !shape;
    if (!shape) return;
    shape.classList.add("an");
    // its outline above its neighbours'; moving what is last already would swallow the click that follows
    if (shape !== shape.parentNode.lastElementChild) shape.parentNode.append(shape);
    const a = shape.getBoundingClientRect(), b = figure.getBoundingClientRect();
    const name = make("b");
    name.textContent = shape.dataset.n;
    tip.replaceChildren(name, shape.dataset.t ?? "");
    // the style object is allowed by the policy, the style attribute is not
    tip.style.left = Math.min(Math.max(a.left + a.width / 2 - b.left, 130), b.width - 130) + "px";
    tip.style.top = Math.max(a.top - b.top, 40) + "px";
  };

  on(svg, "pointerover", e => point(e.target.closest(".g") ?? current));
  on(svg, "pointerleave", () => point(current));
  // the shape may have been moved up between press and release; then the click reaches their parent only
  let over = null;
  on(svg, "pointermove", e => over = e.target.closest(".g"));
  on(svg, "click", e => visit(e.target.closest(".g") ?? over));
  for (const entry of document.querySelectorAll("[data-zeigt]")) {
    const show = () => point(svg.querySelector("#g-" + CSS.escape(entry.dataset.zeigt)));
    on(entry, "pointerenter", show);
    on(entry, "focusin", show);
    on(entry, "pointerleave", () => point(current));
    on(entry, "focusout", () => point(current));
  }

  const handles = make("div", "griffe nur-schirm");
  handles.setAttribute("role", "group");
  handles.setAttribute("aria-label", "Karte vergrößern");
  const button = (text, label, action) => {
    const b = make("button");
    b.type = "button";
    b.textContent = text;
    if (label) b.setAttribute("aria-label", label);
    on(b, "click", action);
    handles.append(b);
    return b;
  };
  const closer = button("+", "Vergrößern", () => zoom(1.6));
  const farther = button("−", "Verkleinern", () => zoom(1 / 1.6));
  const whole = button("Ganz", "", () => zoom(0.01));
  figure.append(handles);

  const texts = [...svg.querySelectorAll("text")].map(t => [t, parseFloat(getComputedStyle(t).fontSize)]);
  const show = () => {
    const factor = w0 / view[2];
    svg.setAttribute("viewBox", view.join(" "));
    for (const [text, size] of texts) {
      text.style.fontSize = size / factor + "px";
      text.style.strokeWidth = 4 / factor + "px";
    }
    farther.disabled = whole.disabled = factor < 1.01;
    closer.disabled = factor > 11;
    point(current);
  };
  const zoom = (factor, centre) => {
    const w = Math.min(w0, view[2] / factor), h = w * h0 / w0;
    const [cx, cy] = centre ?? (current ? middle(current) : [view[0] + view[2] / 2, view[1] + view[3] / 2]);
    view = [Math.max(x0, Math.min(cx - w / 2, x0 + w0 - w)), Math.max(y0, Math.min(cy - h / 2, y0 + h0 - h)), w, h];
    show();
  };
  const go = shape => {
    current = shape;
    const [x, y] = middle(shape);
    if (view[2] < w0 - 1 && (x < view[0] || x > view[0] + view[2] || y < view[1] || y > view[1] + view[3])) zoom(1, [x, y]);
    told.textContent = `${shape.dataset.n}, ${shape.dataset.t ?? ""}`;
    point(shape);
  };
  // g-14522230 is a municipality, g-14522 a district
  const visit = shape => {
    const key = shape?.id.slice(2);
    if (key) window.Turbo.visit(`/lage/${key.length === 8 ? "gemeinden" : "kreise"}/${key}`);
  };

  const labelBefore = svg.getAttribute("aria-label");
  svg.tabIndex = 0;
  svg.setAttribute("role", "application");
  svg.setAttribute("aria-label", `${labelBefore} Pfeiltasten gehen von Gemeinde zu Gemeinde, Plus und Minus vergrößern, Eingabe öffnet.`);
  on(svg, "keydown", event => {
    const step = directions[event.key];
    if (step) go(nearest(svg, current, step, middle, view));
    else if (event.key === "+") zoom(1.6);
    else if (event.key === "-") zoom(1 / 1.6);
    else if (event.key === "0") zoom(0.01);
    else if (event.key === "Enter" && current) visit(current);
    else if (event.key === "Escape") point(current = null);
    else return;
    event.preventDefault();
  });
  on(svg, "blur", () => point(current = null));
  show();

  signal.addEventListener("abort", () => {
    view = [x0, y0, w0, h0];
    current = null;
    show();
    [tip, told, handles].forEach(e => e.remove());
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", labelBefore);
    svg.removeAttribute("tabindex");
  });
}

// the next shape in that direction; sideways distance counts double, so that arrows keep their line
function nearest(svg, from, [dx, dy], middle, view) {
  const shapes = [...svg.querySelectorAll(".g:not(.rest)")];
  const [x, y] = from ? middle(from) : [view[0] + view[2] / 2, view[1] + view[3] / 2];
  let best = from ?? shapes[0], least = Infinity;
  for (const shape of shapes) {
    if (shape === from) continue;
    const [cx, cy] = middle(shape), ahead = (cx - x) * dx + (cy - y) * dy, aside = Math.abs((cx - x) * dy) + Math.abs((cy - y) * dx);
    if (from && ahead <= 1) continue;
    const distance = from ? ahead + aside * 2.2 : Math.hypot(cx - x, cy - y);
    if (distance < least) [least, best] = [distance, shape];
  }
  return best;
}

function make(tag, css) {
  const e = document.createElement(tag);
  if (css) e.className = css;
  return e;
}
