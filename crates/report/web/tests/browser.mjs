// A browser that sees whatever a page does wrong.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium as playwright } from "playwright-core";
import { at, chromium, folder } from "./where.mjs";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** Starts the browser. */
export function launch() {
  return playwright.launch({ executablePath: chromium(), args: FLAGS });
}

/**
 * Opens a page in a context of its own; `faults` gets errors, warnings and requests to anywhere.
 */
export async function open(browser, name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const url = name.includes("://") ? name : pathToFileURL(at(name)).href;
  const own = new URL(url).origin;
  const faults = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`uncaught: ${error.message}`));
  page.on("dialog", (dialog) => (faults.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
  page.on("request", (request) => {
    const to = request.url();
    const fine = to === url || to.startsWith("blob:") || (own !== "null" && new URL(to).origin === own);
    if (!fine) faults.push(`request to ${to}`);
  });
  await page.goto(url);
  return { page, faults, close: () => context.close() };
}

/** Keeps a screenshot as an artefact, of a page or of an element. */
export async function shot(page, name, options = {}) {
  const to = join(folder, "screenshots");
  mkdirSync(to, { recursive: true });
  await page.screenshot({ path: join(to, `${name}.png`), ...options });
}

/** Chooses a gene by the search field. */
export async function choose(page, gene) {
  await page.getByRole("combobox", { name: "Find a gene" }).fill(gene);
  await page.keyboard.press("Enter");
}

/** Number of edges that the counter names. */
export async function edgeCount(page) {
  const text = await page.locator("#explorer output.counts").textContent();
  return Number(/^[\d,]+/.exec(text)?.[0].replaceAll(",", "") ?? 0);
}
