// "/" goes to the search field, Ctrl+K opens the palette. The palette is fetched on first use.
export function start(body, signal) {
  const open = async () => (await import("./palette.js")).open(signal);
  document.addEventListener("keydown", event => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    } else if (event.key === "/" && !event.target.closest("input,textarea,select,[contenteditable]")) {
      const field = body.querySelector(".kopf .suche input");
      if (!field?.offsetParent) return;
      event.preventDefault();
      field.focus();
    }
  }, { signal });
  for (const link of body.querySelectorAll("[data-palette]")) {
    link.addEventListener("click", event => {
      event.preventDefault();
      open();
    }, { signal });
  }
}
