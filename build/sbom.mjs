// Writes the software bill of materials of the program (CycloneDX 1.6, JSON): every NuGet package that the restore chose for it and every
// npm package of the lock file, with version, hash, licence and what needs what. Reads what is on disk, asks nobody.
// usage: node build/sbom.mjs [file]      (after a build; without a file to standard output)
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const read = (...path) => JSON.parse(readFileSync(join(...path), "utf8"));
const assets = read(root, "src/Anlauf/obj/project.assets.json");
const lock = read(root, "package-lock.json");
const hex = base64 => Buffer.from(base64, "base64").toString("hex");
// an SPDX expression or, where the package names a file or an address only, that text
const licence = text => !text ? [] : /^[A-Za-z0-9.+\-() ]+$/.test(text) && !text.includes("://") ? [{ expression: text }] : [{ license: { name: text } }];

function nuspecLicence(path) {
  for (const folder of Object.keys(assets.packageFolders)) {
    const at = join(folder, path);
    const file = existsSync(at) && readdirSync(at).find(f => f.endsWith(".nuspec"));
    if (!file) continue;
    const text = readFileSync(join(at, file), "utf8");
    return text.match(/<license type="expression">([^<]+)</)?.[1] ?? text.match(/<license type="file">([^<]+)</)?.[1] ?? text.match(/<licenseUrl>([^<]+)</)?.[1];
  }
}

const components = [], edges = [];
const [target] = Object.values(assets.targets);
const nuget = (name, version) => `pkg:nuget/${name}@${version}`;
for (const [key, entry] of Object.entries(target)) {
  const [name, version] = key.split("/");
  const library = assets.libraries[key];
  if (entry.type === "project") {
    // a library of this repository
    const ref = `anlauf:${name}`;
    components.push({ type: "library", "bom-ref": ref, name, version: lock.version ?? version, licenses: licence(lock.packages[""].license) });
    edges.push({ ref, dependsOn: Object.entries(entry.dependencies ?? {}).map(([d, v]) => nuget(d, versionOf(d) ?? v)) });
    continue;
  }
  components.push({ type: "library", "bom-ref": nuget(name, version), name, version, purl: nuget(name, version), scope: "required",
    hashes: [{ alg: "SHA-512", content: hex(library.sha512) }], licenses: licence(nuspecLicence(library.path)) });
  edges.push({ ref: nuget(name, version), dependsOn: Object.keys(entry.dependencies ?? {}).filter(versionOf).map(d => nuget(d, versionOf(d))) });
}
function versionOf(name) {
  return Object.keys(target).find(k => k.toLowerCase().startsWith(name.toLowerCase() + "/"))?.split("/")[1];
}

const npm = (name, version) => `pkg:npm/${name.replace("@", "%40")}@${version}`;
for (const [path, entry] of Object.entries(lock.packages)) {
  if (path === "") continue;
  const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
  components.push({ type: "library", "bom-ref": npm(name, entry.version), name, version: entry.version, purl: npm(name, entry.version),
    // built with, not shipped: excluded; PostgreSQL for another system: optional
    scope: entry.dev || entry.devOptional ? "excluded" : entry.optional ? "optional" : "required",
    hashes: [{ alg: "SHA-512", content: hex(entry.integrity.replace("sha512-", "")) }], licenses: licence(entry.license) });
  edges.push({ ref: npm(name, entry.version), dependsOn: Object.keys(entry.dependencies ?? {}).filter(d => lock.packages[`node_modules/${d}`]).map(d => npm(d, lock.packages[`node_modules/${d}`].version)) });
}

components.sort((a, b) => (a["bom-ref"] < b["bom-ref"] ? -1 : 1));
const direct = [
  ...Object.values(assets.project.frameworks).flatMap(f => Object.keys(f.dependencies ?? {})).map(d => nuget(d, versionOf(d))),
  ...Object.keys(target).filter(k => target[k].type === "project").map(k => `anlauf:${k.split("/")[0]}`),
  ...["dependencies", "devDependencies", "optionalDependencies"].flatMap(k => Object.entries(lock.packages[""][k] ?? {})).map(([d, v]) => npm(d, v)),
];
const body = { components, dependencies: [{ ref: "anlauf", dependsOn: direct }, ...edges] };
// the same parts give the same number, so that two lists can be compared
const digest = createHash("sha256").update(JSON.stringify(body)).digest("hex");
const serial = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
const bom = { bomFormat: "CycloneDX", specVersion: "1.6", serialNumber: `urn:uuid:${serial}`, version: 1,
  metadata: { component: { type: "application", "bom-ref": "anlauf", name: "anlauf", licenses: licence(lock.packages[""].license) } }, ...body };
const text = JSON.stringify(bom, null, 2) + "\n";
if (process.argv[2]) writeFileSync(process.argv[2], text);
else process.stdout.write(text);
