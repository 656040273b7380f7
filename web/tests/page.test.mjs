// The page as a reader meets it.

import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { choose, edgeCount, launch, open, shot } from "./browser.mjs";
import { NASTY, at, folder } from "./where.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** Waits until Cytoscape takes the page to have stopped scrolling. */
const settled = (page) => page.waitForTimeout(400);

/** Opens a page, does something, and wants no faults. */
async function on(name, options, act) {
  const opened = await open(browser, name, options);
  await act(opened.page);
  assert.deepEqual(opened.faults, []);
  await opened.close();
}

describe("every page", () => {
  for (const name of ["motility", "hundred", "one", "none", "nasty"]) {
    test(`${name} opens without an error and asks nobody for anything`, () =>
      on(name, {}, async (page) => {
        assert.equal(await page.locator("html.live").count(), 1);
        assert.equal(await page.locator("#explorer canvas").count() > 0, true);
        await shot(page, name, { fullPage: true });
      }));

    test(`${name} has no sideways scroll on a phone`, () =>
      on(name, { viewport: { width: 360, height: 740 } }, async (page) => {
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
        await shot(page, `${name}-phone`, { fullPage: true });
      }));
  }

  test("is at most three megabytes", () => {
    assert.ok(statSync(at("hundred")).size <= 3 << 20, `${statSync(at("hundred")).size} bytes`);
  });
});

describe("without JavaScript", () => {
  test("the summary, the drawing, the tables and the methods are there", () =>
    on("motility", { javaScriptEnabled: false }, async (page) => {
      for (const id of ["summary", "network", "edges", "genes", "pictures", "methods"]) {
        assert.equal(await page.locator(`#${id}`).isVisible(), true, id);
      }
      assert.equal(await page.locator("#network svg").isVisible(), true);
      assert.equal(await page.locator("#edge-table tbody tr").count(), 50);
      assert.match(await page.locator("#summary").innerText(), /How sure it is/);
    }));

  test("a page without the explorer says so, and runs no script", () =>
    on("static", {}, async (page) => {
      assert.equal(await page.locator("script").count(), 0);
      assert.match(await page.locator("#network .note").innerText(), /explorer/);
      await shot(page, "static", { fullPage: true });
    }));
});

describe("the network", () => {
  test("a gene is found by part of its name, with suggestions", () =>
    on("motility", {}, async (page) => {
      const field = page.getByRole("combobox", { name: "Find a gene" });
      await field.fill("fli");
      assert.deepEqual(await page.getByRole("option").allTextContents(), ["fliA", "fliZ", "fliL", "fliC"]);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("Enter");
      assert.match(await page.locator(".panel h3").innerText(), /fliA/);
      assert.ok(await page.locator(".panel .chart circle").count() > 10, "observed points");
      assert.ok(await page.locator(".panel .edge").count() > 3, "targets");
      await page.evaluate(() => document.getElementById("network").scrollIntoView());
      await shot(page, "gene");
      await field.fill("no such gene");
      await page.keyboard.press("Enter");
      assert.match(await page.getByRole("listbox").innerText(), /no gene of this name/);
    }));

  test("another series shows another course", () =>
    on("motility", {}, async (page) => {
      await choose(page, "fliA");
      const line = () => page.locator(".panel .chart .line").first().getAttribute("points");
      const first = await line();
      await page.getByLabel("Series").selectOption({ index: 1 });
      assert.notEqual(await line(), first);
    }));

  test("the filters change what is shown, and say how much of it is expected to be false", () =>
    on("hundred", {}, async (page) => {
      const drawn = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(window.cistron.graph.cy.edges().length)))));
      const start = await edgeCount(page);
      assert.equal(await drawn(), start);
      await page.getByLabel("Best edges").focus();
      await page.keyboard.press("End");
      assert.equal(await edgeCount(page), 2000);
      assert.equal(await drawn(), 2000);
      await page.getByLabel("repression").uncheck();
      const activations = await edgeCount(page);
      assert.ok(activations > 0 && activations < 2000, `${activations}`);
      await page.getByLabel("Selected in at least").focus();
      for (let k = 0; k < 5; k += 1) await page.keyboard.press("PageUp");
      assert.ok(await edgeCount(page) < activations);
      await page.getByRole("button", { name: "Reset" }).click();
      assert.equal(await edgeCount(page), start);
      assert.match(await page.locator("#explorer output").innerText(), /about [\d.]+ expected to be false/);
    }));

  test("a click on an edge shows its evidence as edges.tsv has it", () =>
    on("motility", {}, async (page) => {
      await page.evaluate(() => document.getElementById("network").scrollIntoView());
      await settled(page);
      const middle = await page.evaluate(() => {
        const { graph } = window.cistron;
        const edge = graph.cy.getElementById("e0");
        const [from, to] = [edge.source().renderedPosition(), edge.target().renderedPosition()];
        const box = graph.container.getBoundingClientRect();
        return { x: box.left + (from.x + to.x) / 2, y: box.top + (from.y + to.y) / 2 };
      });
      await page.mouse.click(middle.x, middle.y);
      const [header, best] = readFileSync(join(folder, "runs/motility/edges.tsv"), "utf8").split("\n").map((row) => row.split("\t"));
      const cell = (name) => best[header.indexOf(name)];
      const panel = page.locator(".panel");
      assert.match(await panel.locator("h3").innerText(), new RegExp(`${cell("source")}.*${cell("target")}`, "s"));
      const text = await panel.innerText();
      assert.ok(text.includes(`${Math.round(100 * cell("frequency"))} %`), text);
      assert.match(text, /rank 1 of 506/);
      assert.match(text, /Where it acts/);
      await shot(page, "edge");
      await panel.getByRole("button", { name: cell("target"), exact: true }).click();
      assert.match(await panel.locator("h3").innerText(), new RegExp(`Gene\\s*${cell("target")}`));
    }));

  test("everything goes by keyboard", () =>
    on("motility", {}, async (page) => {
      const focused = () => page.evaluate(() => document.activeElement?.className.split(" ")[0] || document.activeElement?.tagName);
      for (let k = 0; k < 30 && (await focused()) !== "canvas"; k += 1) await page.keyboard.press("Tab");
      assert.equal(await focused(), "canvas");
      await page.keyboard.press("Home");
      await page.keyboard.press("ArrowRight");
      await page.waitForFunction(() => /Enter opens it/.test(document.querySelector(".unseen[role=status]").textContent));
      const said = await page.locator(".unseen[role=status]").innerText();
      await shot(page, "keyboard");
      await page.keyboard.press("Enter");
      assert.equal(await focused(), "H3");
      assert.ok(said.startsWith((await page.locator(".panel h3").innerText()).replace(/^Gene\s*/, "")), said);
      // into the list of edges, and to the evidence
      for (let k = 0; k < 12; k += 1) {
        await page.keyboard.press("Tab");
        if (/^edge/.test(await focused())) break;
      }
      await page.keyboard.press("Enter");
      assert.equal(await page.locator(".panel .evidence").count(), 1);
      assert.equal(await focused(), "H3");
      await page.keyboard.press("Escape");
      assert.equal(await focused(), "canvas");
      assert.equal(await page.locator(".panel.empty").count(), 1);
      const zoom = () => page.evaluate(() => window.cistron.graph.cy.zoom());
      const before = await zoom();
      await page.keyboard.press("+");
      assert.ok(await zoom() > before);
    }));

  test("the wheel scrolls the page until the network is chosen", () =>
    on("motility", {}, async (page) => {
      await page.locator(".canvas").scrollIntoViewIfNeeded();
      const zoom = () => page.evaluate(() => window.cistron.graph.cy.zoom());
      const before = await zoom();
      await settled(page);
      const corner = async () => {
        const box = await page.locator(".canvas").boundingBox();
        return [box.x + 10, box.y + 100];
      };
      await page.mouse.move(...(await corner()));
      await page.mouse.wheel(0, 60);
      await settled(page);
      assert.equal(await zoom(), before);
      await page.mouse.click(...(await corner()));
      await page.mouse.wheel(0, 60);
      await settled(page);
      assert.notEqual(await zoom(), before);
    }));
});

describe("the tables", () => {
  const column = (page, n) => page.locator(`#edge-table tbody td:nth-child(${n})`).allTextContents();

  test("headings sort, the filter narrows, pages turn", () =>
    on("motility", {}, async (page) => {
      const head = page.locator("#edge-table").getByRole("button", { name: "Selected", exact: true });
      await head.click();
      assert.equal(await head.locator("xpath=..").getAttribute("aria-sort"), "descending");
      await head.click();
      const shares = (await column(page, 6)).map((text) => parseFloat(text));
      assert.deepEqual(shares, [...shares].sort((a, b) => a - b));
      await page.locator("#edge-table").getByLabel("Filter").fill("hns");
      const rows = (await page.locator("#edge-table tbody tr").allInnerTexts());
      assert.ok(rows.length > 5 && rows.every((row) => row.includes("hns")), rows.join("; "));
      await page.locator("#edge-table").getByRole("button", { name: "Next page" }).click();
      assert.match(await page.locator("#edge-table .pager").innerText(), /page 2 of/);
      await page.locator("#edge-table").getByLabel("Filter").fill("nothing of the kind");
      assert.match(await page.locator("#edge-table tbody").innerText(), /no edge here/);
    }));

  test("what is shown is saved with the columns of edges.tsv", () =>
    on("motility", {}, async (page) => {
      await page.getByLabel("only edges that the network shows").check();
      const shown = await edgeCount(page);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.locator("#edge-table").getByRole("button", { name: "Save as TSV" }).click(),
      ]);
      assert.equal(download.suggestedFilename(), "edges.tsv");
      const saved = readFileSync(await download.path(), "utf8").trimEnd().split("\n").map((row) => row.split("\t"));
      const run = readFileSync(join(folder, "runs/motility/edges.tsv"), "utf8").trimEnd().split("\n").map((row) => row.split("\t"));
      assert.equal(saved.length, shown + 1);
      for (const name of saved[0]) {
        const [here, there] = [saved[0].indexOf(name), run[0].indexOf(name)];
        assert.ok(there >= 0, `edges.tsv has no column ${name}`);
        for (let row = 1; row <= shown; row += 1) {
          const [a, b] = [saved[row][here], run[row][there]];
          const same = a === b || Math.abs(a - b) <= 1e-5 * Math.abs(b);
          assert.ok(same, `${name}, row ${row}: ${a}, expected ${b}`);
        }
      }
    }));

  test("a row opens its gene", () =>
    on("motility", {}, async (page) => {
      await page.locator("#gene-table").getByRole("button", { name: "hns", exact: true }).click();
      assert.match(await page.locator(".panel h3").innerText(), /hns/);
      assert.equal(await page.evaluate(() => document.activeElement.tagName), "H3");
    }));
});

describe("looks", () => {
  const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  test("dark follows the system, and the button overrides it", () =>
    on("motility", { colorScheme: "dark" }, async (page) => {
      const dark = await ground(page);
      assert.equal(dark, "rgb(20, 24, 29)");
      await choose(page, "fliA");
      await page.evaluate(() => document.getElementById("network").scrollIntoView());
      await shot(page, "dark");
      await page.getByRole("button", { name: "Change to the light theme" }).click();
      assert.equal(await ground(page), "rgb(255, 255, 255)");
      await page.reload();
      assert.equal(await ground(page), "rgb(255, 255, 255)", "the choice is kept");
    }));

  test("on a phone the details come up over the network and can be closed", () =>
    on("motility", { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }, async (page) => {
      await choose(page, "fliA");
      const box = await page.locator(".panel").boundingBox();
      assert.ok(box.y > 250 && box.y < 740 && box.width === 360, JSON.stringify(box));
      await shot(page, "phone-gene");
      await page.getByRole("button", { name: "Close the details" }).click();
      assert.equal(await page.locator(".panel.empty").count(), 1);
    }));
});

describe("hard cases", () => {
  test("no edge: the page says so, and the gene tables are there", () =>
    on("none", {}, async (page) => {
      assert.match(await page.locator("#explorer output").innerText(), /No edge is shown/);
      assert.match(await page.locator("#summary").innerText(), /no pair of genes was a candidate/i);
      assert.equal(await page.locator("#gene-table tbody tr").count(), 2);
      await choose(page, "A");
      assert.match(await page.locator(".panel").innerText(), /none among the edges of this page/);
    }));

  test("one gene", () =>
    on("one", {}, async (page) => {
      await choose(page, "G1");
      assert.ok(await page.locator(".panel .chart circle").count() > 5);
    }));

  test("names with markup, quotes and any script are text everywhere", () =>
    on("nasty", {}, async (page) => {
      const names = await page.locator("#gene-table tbody td:first-child").allTextContents();
      assert.deepEqual([...names].sort(), [...NASTY].sort());
      for (const name of NASTY) {
        await choose(page, name);
        const heading = await page.locator(".panel h3").textContent();
        assert.equal(heading, `Gene${name}`);
      }
      assert.equal(await page.locator("main b:not(.facts b)").count(), 0, "no name became an element");
    }));
});
