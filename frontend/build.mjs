// Bundles the islands: `node build.mjs OUT`. In: src/*.js and what package-lock.json pins. Out: in
// OUT one script an island, MapLibre's worker and style, and the licences of what is inside.

import { build } from "esbuild";
import { copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
const maplibre = join(here, "node_modules", "maplibre-gl");

await mkdir(out, { recursive: true });
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ["src/map.js", "src/timeline.js"],
  outdir: out,
  bundle: true,
  minify: true,
  metafile: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
});
await copyFile(join(maplibre, "dist", "maplibre-gl-worker.mjs"), join(out, "map-worker.js"));
await copyFile(join(maplibre, "dist", "maplibre-gl.css"), join(out, "map.css"));
await writeFile(join(out, "LICENSES.txt"), await licences(metafile));

/** Return name, version, licence and its text for every package that went into a bundle. */
async function licences({ inputs }) {
  const names = new Set(["maplibre-gl"]);
  for (const path of Object.keys(inputs)) {
    const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (found) names.add(found[1]);
  }
  const told = [];
  for (const name of [...names].sort()) {
    const folder = join(here, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
    const text = file ? await readFile(join(folder, file), "utf8") : "(no file of its own)";
    told.push(`${name} ${version}: ${license}\n\n${text.trim()}\n`);
  }
  return told.join("\n" + "-".repeat(72) + "\n\n");
}
