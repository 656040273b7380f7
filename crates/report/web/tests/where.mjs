// Where the tests find the program, the browser and the pages.

import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");

/** Folder for runs, pages and screenshots. */
export const folder = resolve(process.env.CISTRON_PAGES ?? join(target, "pages"));

/** The program that is tested. */
export const program = resolve(process.env.CISTRON_BIN ?? join(target, "release/cistron"));

/** Names that a careless page would break on. */
export const NASTY = ["</script><b>x", 'a & b < c > "d" \'e\' f/g', "µ-Ωmega é漢字 🧬", "<!--"];

/** Runs the program; what it prints. */
export function cistron(...args) {
  try {
    return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const cure = error.code === "ENOENT" ? "; build it with `cargo build --release`, or set CISTRON_BIN" : "";
    throw new Error(`${program} ${args.join(" ")}: ${error.stderr || error.message}${cure}`);
  }
}

/** Path of a page. */
export function at(name) {
  return join(folder, `${name}.html`);
}

/** The browser: that of the variable CHROMIUM, or one of the usual names. */
export function chromium() {
  const usual = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  const places = process.env.CHROMIUM ? [process.env.CHROMIUM] : usual.flatMap((name) => folders.map((path) => join(path, name)));
  const found = places.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!found) throw new Error("no Chromium: the tests of the page need one; install it (`apt-get install chromium`), or name it in the variable CHROMIUM");
  return found;
}
