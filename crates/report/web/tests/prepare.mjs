// Makes the pages that the tests open, with the program itself: `cistron infer`, `cistron report`.
//
//   CISTRON_BIN    the program; target/release/cistron if it is not set
//   CISTRON_PAGES  folder for runs, pages and screenshots; target/pages if it is not set

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { NASTY, at, cistron, folder } from "./where.mjs";

/** Two genes in four short series; names as given. */
function table(names) {
  const wave = (series, k, gene) => (1.5 + Math.sin(0.7 * k + gene + series) + 0.05 * ((7 * k + 3 * gene + series) % 5)).toFixed(4);
  const quoted = (name) => `"${name.replaceAll('"', '""')}"`;
  const rows = [["series", "time", ...names.map(quoted)]];
  for (let series = 1; series <= 4; series += 1) {
    for (let k = 0; k < 12; k += 1) rows.push([`s${series}`, k, ...names.map((_, gene) => wave(series, k, gene))]);
  }
  return `${rows.map((row) => row.join("\t")).join("\n")}\n`;
}

/** Twelve genes whose levels follow nothing. */
function noise() {
  const level = (at) => 1 + (Math.abs(Math.sin(at * 12.9898) * 43758.5453) % 1);
  const rows = [["series", "time", ...Array.from({ length: 12 }, (_, gene) => `g${gene}`)]];
  for (let k = 0; k < 24; k += 1) rows.push([`s${Math.floor(k / 8)}`, k % 8, ...Array.from({ length: 12 }, (_, gene) => level(12 * k + gene).toFixed(4))]);
  return `${rows.map((row) => row.join("\t")).join("\n")}\n`;
}

function infer(name, input, ...options) {
  cistron("infer", input, "-o", join(folder, "runs", name), "--quiet", ...options);
  cistron("report", join(folder, "runs", name), "-o", at(name));
}

/** A model of 1,000 genes, of which 100 may regulate: for speed, not for what it says. It has no page of its own. */
function thousand() {
  const [random, regulators] = [join(folder, "runs/random1000"), join(folder, "runs/regulators.txt")];
  cistron("generate", "--random", "1000", "--seed", "4", "-o", random);
  const table = join(random, "timeseries.tsv");
  const [header] = readFileSync(table, "utf8").split("\n", 1);
  const genes = header.split("\t").slice(2);
  writeFileSync(regulators, `${genes.filter((_, k) => k % 10 === 0).join("\n")}\n`);
  cistron("infer", table, "-o", join(folder, "runs/thousand"), "--quiet", "--pairs", "2", "--linear", "--no-refit", "--no-report", "--regulators", regulators);
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(join(folder, "runs"), { recursive: true });
const input = (name, text) => {
  const path = join(folder, "runs", name);
  writeFileSync(path, text);
  return path;
};

const version = cistron("--version").trim();
infer("motility", fileURLToPath(new URL("../../../../networks/ecoli_motility/timeseries.tsv", import.meta.url)));
cistron("report", join(folder, "runs/motility"), "--no-explorer", "-o", at("static"));
cistron("generate", "--random", "100", "--seed", "4", "-o", join(folder, "runs/random"));
infer("hundred", join(folder, "runs/random/timeseries.tsv"), "--pairs", "10");
thousand();
infer("doubtful", input("noise.tsv", noise()), "--pairs", "3");
infer("one", input("one.tsv", table(["G1", "G2"])), "--regulators", input("regulator.txt", "G1\n"));
infer("none", input("none.tsv", table(["A", "B"])), "--prior", input("prior.tsv", "regulator\ttarget\nA\tB\nB\tA\n"), "--prior-mode", "forbidden");
infer("nasty", input("nasty.tsv", table(NASTY)), "--pairs", "10");
execFileSync("ls", ["-l", folder], { stdio: "inherit" });
console.log(`pages of ${version} in ${folder}`);
