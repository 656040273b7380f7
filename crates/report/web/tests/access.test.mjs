// What axe-core, the usual checker of accessibility, finds on the pages.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { choose, launch, open } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const STATES = {
  "as it opens": async () => {},
  "with a gene": (page) => choose(page, "fliA"),
  "with an edge": async (page) => {
    await choose(page, "fliA");
    await page.locator(".panel .edge").first().click();
  },
  "with suggestions": (page) => page.getByRole("combobox", { name: "Find a gene" }).fill("fli"),
};

for (const colorScheme of ["light", "dark"]) {
  for (const [state, act] of Object.entries(STATES)) {
    test(`${colorScheme}, ${state}: nothing to complain about`, () => complaints("motility", colorScheme, act));
  }
  for (const name of ["nasty", "none", "one", "doubtful"]) {
    test(`${colorScheme}, ${name}: nothing to complain about`, () => complaints(name, colorScheme, async () => {}));
  }
  for (const state of ["as it opens", "with a gene"]) {
    test(`${colorScheme}, on a phone, ${state}: nothing to complain about`, () => complaints("motility", colorScheme, STATES[state], PHONE));
  }
  test(`${colorScheme}, without the explorer: nothing to complain about`, () => complaints("static", colorScheme, async () => {}));
}

async function complaints(name, colorScheme, act, options = {}) {
  const { page, close } = await open(browser, name, { colorScheme, ...options });
  await act(page);
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const said = found.violations.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join("\n  ")}`);
  assert.deepEqual(said, []);
  await close();
}
