// The app is built wherever the sources lie, and a build that fails leaves what was there.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const web = fileURLToPath(new URL("..", import.meta.url));
let copy;
before(() => {
  copy = mkdtempSync(join(tmpdir(), "a page é "));
  for (const name of ["build.mjs", "package.json", "tsconfig.json", "src"]) cpSync(join(web, name), join(copy, name), { recursive: true });
  symlinkSync(join(web, "node_modules"), join(copy, "node_modules"), "junction");
});
after(() => rmSync(copy, { recursive: true, force: true }));

const build = () => execFileSync(process.execPath, ["build.mjs"], { cwd: copy, stdio: "pipe" });
const built = () => readdirSync(join(copy, "dist")).sort();

test("a folder with a blank and an é in its name is no hindrance", () => {
  build();
  assert.deepEqual(built(), ["app.csp", "app.css", "app.js"]);
});

test("a build that fails leaves the one before, and nothing else", () => {
  build();
  const script = readFileSync(join(copy, "dist/app.js"), "utf8");
  appendFileSync(join(copy, "src/main.ts"), "\nthis is no TypeScript\n");
  assert.throws(build);
  assert.deepEqual(built(), ["app.csp", "app.css", "app.js"]);
  assert.equal(readFileSync(join(copy, "dist/app.js"), "utf8"), script);
  assert.deepEqual(readdirSync(copy).filter((name) => name.endsWith(".part")), []);
});
