// Bundles the page's app into web/dist: app.js, app.css, and the digest of app.js that the page's
// content security policy names. `cargo build` runs this (see build.rs); so does `npm run build`.

import { createHash } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const root = new URL(".", import.meta.url);
const at = (path) => new URL(path, root);

// the notice that the licence of a bundled library asks for
const licence = await readFile(at("node_modules/cytoscape/LICENSE"), "utf8");
const { version } = JSON.parse(await readFile(at("node_modules/cytoscape/package.json"), "utf8"));
const notice = `/*!\nCytoscape.js ${version}\n\n${licence.trim().replaceAll("*/", "* /")}\n*/`;

await rm(at("dist"), { recursive: true, force: true });
await build({
  absWorkingDir: new URL(".", import.meta.url).pathname,
  entryPoints: { app: "src/main.ts" },
  outdir: "dist",
  bundle: true,
  format: "iife",
  target: ["es2021"],
  minify: !process.env.CISTRON_DEBUG,
  charset: "utf8",
  legalComments: "none",
  banner: { js: notice },
  logLevel: "warning",
});

const script = await readFile(at("dist/app.js"), "utf8");
const style = await readFile(at("dist/app.css"), "utf8");
for (const [name, text] of [["app.js", script], ["app.css", style]]) {
  // it stands inside of an element of the page, which one of these would end or confuse
  const ends = text.match(/<\/(script|style)|<!--|-->/i);
  if (ends) throw new Error(`dist/${name} holds \`${ends[0]}\`, which would end its element in the page`);
}
const digest = createHash("sha256").update(script, "utf8").digest("base64");
await writeFile(at("dist/app.csp"), `'sha256-${digest}'`);
