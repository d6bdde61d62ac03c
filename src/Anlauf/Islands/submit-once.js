// A second click must not send a second time. The mark is removed when the answer has come.
export function start(form, signal) {
  form.addEventListener("submit", event => {
    if (form.dataset.gesendet) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.gesendet = "1";
    form.setAttribute("aria-busy", "true");
  }, { signal, capture: true });
  const free = () => {
    delete form.dataset.gesendet;
    form.removeAttribute("aria-busy");
  };
  form.addEventListener("turbo:submit-end", free, { signal });
  addEventListener("pageshow", free, { signal });
  signal.addEventListener("abort", free);
}
