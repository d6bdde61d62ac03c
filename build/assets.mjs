// Bundles the browser assets into one folder that the build embeds into the program:
// one stylesheet, the scripts, the fonts they name, and the used Lucide icons. Names carry a content hash.
// usage: node build/assets.mjs <source folder of the program> <target folder>
import { build } from "esbuild";
import { brotliCompressSync, constants } from "node:zlib";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { basename, dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = resolve(process.argv[2] ?? join(root, "src/Anlauf"));
const target = resolve(process.argv[3] ?? join(source, "obj/assets"));
const modules = join(root, "node_modules");

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });

// Components of Bootstrap that need its scripts or that the house has its own form of.
const unusedOfBootstrap = /\.(?:accordion|alert|badge|breadcrumb|btn-close|card|carousel|collapsing|dropdown|dropend|dropstart|dropup|list-group|modal|nav|navbar|offcanvas|page-item|page-link|pagination|placeholder|popover|progress|spinner|tab-content|toast|tooltip)(?![a-z])/;

function withoutUnused(css) {
  return css.replace(/([^{}]+)\{[^{}]*\}/g, (rule, selectors) =>
    !selectors.startsWith("@") && selectors.split(",").every(s => unusedOfBootstrap.test(s)) ? "" : rule);
}

// Without a stored choice the system decides: every dark rule is repeated for a root without the attribute, in the layer of its file.
function withSystemDark(css) {
  const dark = css.match(/(?<=^|[};\s])(?::root|html)?\[data-bs-theme=("?)dark\1\][^{}]*\{[^{}]*\}/g) ?? [];
  if (dark.length === 0) return css;
  const repeated = dark.map(rule => rule.replace(/(?::root|html)?\[data-bs-theme=("?)dark\1\]/g, ":root:not([data-bs-theme])")).join("\n");
  const media = `@media screen and (prefers-color-scheme:dark){${repeated}}`;
  const layer = css.match(/@layer (\w+) \{/)?.[1];
  return `${css}\n${layer ? `@layer ${layer}{${media}}` : media}`;
}

const stylesheets = {
  name: "stylesheets",
  setup(bundler) {
    bundler.onLoad({ filter: /\.css$/ }, ({ path }) => {
      const css = readFileSync(path, "utf8");
      if (path.endsWith("print.css")) return { contents: css, loader: "css" };
      return { contents: withSystemDark(path.includes("bootstrap") ? withoutUnused(css) : css), loader: "css" };
    });
  },
};

// Turbo puts a style element into the page at load, which the content security policy forbids; its rules lie in our stylesheet.
const turboWithoutInlineStyle = {
  name: "turbo-without-inline-style",
  setup(bundler) {
    bundler.onLoad({ filter: /@hotwired[\\/]turbo[\\/].*\.js$/ }, ({ path }) => {
      const script = readFileSync(path, "utf8");
      const parts = script.split("this.installStylesheetElement();");
      if (parts.length !== 2) throw new Error("Turbo has changed: look for where it inserts its style element.");
      return { contents: parts.join(""), loader: "js" };
    });
  },
};

await build({
  entryPoints: [join(source, "Platform/Web/Assets/anlauf.css"), join(source, "Islands/anlauf.js")],
  outdir: target, entryNames: "[name].[hash]", assetNames: "[name].[hash]",
  bundle: true, minify: true, format: "esm", charset: "utf8", legalComments: "none", target: ["es2022", "chrome110", "firefox115", "safari16"],
  loader: { ".woff2": "file" }, plugins: [stylesheets, turboWithoutInlineStyle], nodePaths: [modules], logLevel: "warning",
});

for (const name of readdirSync(join(source, "Platform/Web/Assets")).filter(n => [".svg", ".png", ".ico"].includes(extname(n)))) {
  const content = readFileSync(join(source, "Platform/Web/Assets", name));
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  writeFileSync(join(target, `${basename(name, extname(name))}.${hash}${extname(name)}`), content);
}

// Fonts for files that the program writes itself (PDF): these need outlines as TrueType.
for (const [name, file] of [["print-sans", "sofia-sans/400Regular/SofiaSans_400Regular"], ["print-sans-bold", "sofia-sans/700Bold/SofiaSans_700Bold"], ["print-serif", "vollkorn/400Regular/Vollkorn_400Regular"]]) {
  writeFileSync(join(target, `${name}.ttf`), readFileSync(join(modules, "@expo-google-fonts", `${file}.ttf`)));
}

// The most frequent passwords of past leaks, for those who choose a new one; shorter ones are refused for their length, with something behind them too.
const { default: frequent } = await import(join(modules, "zxcvbn/lib/frequency_lists.js"));
writeFileSync(join(target, "leaked-passwords.txt"), [frequent.passwords].flat().join(",").split(",").filter(p => p.length >= 6).join("\n") + "\n");

// One file of the icons used anywhere: name, tab, inner SVG.
const names = readFileSync(join(source, "Platform/Web/Assets/icons.txt"), "utf8").split(/\r?\n/).map(n => n.trim()).filter(n => n && !n.startsWith("#"));
const icons = names.map(name => {
  const svg = readFileSync(join(modules, "lucide-static/icons", `${name}.svg`), "utf8");
  const inner = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  return `${name}\t${inner.replace(/\s+/g, " ").replace(/ \/>/g, "/>").trim()}`;
});
writeFileSync(join(target, "icons.tsv"), icons.join("\n") + "\n");

for (const name of readdirSync(target).filter(n => [".css", ".js", ".svg"].includes(extname(n)))) {
  const content = readFileSync(join(target, name));
  writeFileSync(join(target, `${name}.br`), brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}
