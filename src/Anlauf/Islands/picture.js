// Beside the download of a map as SVG: the same as PNG, drawn by the browser at twice its size. No service draws it for us.
const scale = 2;

export function start(link, signal) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.textContent = link.textContent.replace("SVG", "PNG");
  button.addEventListener("click", () => save(link.href, (link.download || "karte.svg").replace(/svg$/, "png")), { signal });
  link.after(button);
  signal.addEventListener("abort", () => button.remove());
}

async function save(address, name) {
  const text = await (await fetch(address)).text();
  const picture = new Image();
  picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.naturalWidth * scale;
  canvas.height = picture.naturalHeight * scale;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const file = URL.createObjectURL(await new Promise(done => canvas.toBlob(done, "image/png")));
  const download = document.createElement("a");
  download.href = file;
  download.download = name;
  download.click();
  setTimeout(() => URL.revokeObjectURL(file), 10_000);
}
