// `cistron explore` for the time of a test, and the command line beside it.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cistron, folder, program } from "./where.mjs";

/** Serves a run; gives its address and a way to end it. */
export async function serve(run) {
  const child = spawn(program, ["explore", join(folder, "runs", run)], { stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  child.stderr.on("data", (bytes) => (log += bytes));
  const url = await new Promise((done, failed) => {
    child.stdout.once("data", (bytes) => done(String(bytes).trim()));
    child.once("error", failed);
    child.once("exit", (code) => failed(new Error(`cistron explore ended with ${code}: ${log}`)));
  });
  const ended = new Promise((done) => child.once("exit", done));
  const stop = () => (child.kill("SIGINT"), ended);
  return { url, stop };
}

/** What `cistron perturb` writes for the same run: the bytes of response.tsv, its rows and the effects. */
export function perturb(run, ...args) {
  const out = join(folder, "perturb");
  cistron("perturb", join(folder, "runs", run), "-o", out, "--quiet", ...args);
  const text = readFileSync(join(out, "response.tsv"), "utf8");
  return { text, rows: table(text), effects: table(readFileSync(join(out, "effects.tsv"), "utf8")) };
}

/** Rows of a table as objects. */
export function table(text) {
  const [header, ...rows] = text.trimEnd().split("\n").map((row) => row.split("\t"));
  return rows.map((row) => Object.fromEntries(header.map((name, k) => [name, row[k]])));
}
