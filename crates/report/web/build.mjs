// Bundles the page's app into web/dist: app.js, app.css, and the digest of app.js that the page's
// content security policy names. `cargo build` runs this (see build.rs); so does `npm run build`.

import { createHash } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

// as paths: in an address a blank or a letter such as é is written differently
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
// the result is here until it is complete: a build that fails leaves the one before
const part = `dist.${process.pid}.part`;

// the notice that the licence of a bundled library asks for
const licence = await readFile(at("node_modules/cytoscape/LICENSE"), "utf8");
const { version } = JSON.parse(await readFile(at("node_modules/cytoscape/package.json"), "utf8"));
const notice = `/*!\nCytoscape.js ${version}\n\n${licence.trim().replaceAll("*/", "* /")}\n*/`;

try {
  await bundle();
  await rm(at("dist"), { recursive: true, force: true });
  await rename(at(part), at("dist"));
} finally {
  await rm(at(part), { recursive: true, force: true });
}

async function bundle() {
  await build({
    absWorkingDir: at("."),
    entryPoints: { app: "src/main.ts" },
    outdir: part,
    bundle: true,
    format: "iife",
    target: ["es2021"],
    minify: !process.env.CISTRON_DEBUG,
    charset: "utf8",
    legalComments: "none",
    banner: { js: notice },
    logLevel: "warning",
  });
  const script = await readFile(at(`${part}/app.js`), "utf8");
  const style = await readFile(at(`${part}/app.css`), "utf8");
  for (const [name, text] of [["app.js", script], ["app.css", style]]) {
    // it is inside an element of the page, which one of these would end or confuse
    const ends = text.match(/<\/(script|style)|<!--|-->/i);
    if (ends) throw new Error(`${name} would hold \`${ends[0]}\`, which would end its element in the page`);
  }
  const digest = createHash("sha256").update(script, "utf8").digest("base64");
  await writeFile(at(`${part}/app.csp`), `'sha256-${digest}'`);
}
