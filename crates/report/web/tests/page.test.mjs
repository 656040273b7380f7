// The page as a reader meets it.

import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { choose, edgeCount, launch, open, shot } from "./browser.mjs";
import { NASTY, at, cistron, folder } from "./where.mjs";

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
  for (const name of ["motility", "hundred", "one", "none", "nasty", "doubtful"]) {
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
      assert.match(await page.locator("#summary").innerText(), /Confidence/);
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

  test("every gene is opened by its name", () =>
    on("hundred", {}, async (page) => {
      const names = await page.evaluate(() => window.cistron.network.data.genes.name);
      assert.equal(names.length, 100);
      for (const name of names) {
        await choose(page, name);
        assert.equal(await page.locator(".panel h3").textContent(), `Gene${name}`);
      }
    }));

  test("names that differ by case alone are told apart, and those that begin alike come next", () =>
    on("hundred", {}, async (page) => {
      const found = await page.evaluate(() => {
        const { network } = window.cistron;
        const make = network.constructor;
        const name = ["AB1x", "ab1", "Ab1", "xAB1"];
        const edges = { ...network.data.edges, source: [0, 0, 3, 3, 3], target: [3, 1, 0, 1, 2] };
        const small = new make({ ...network.data, genes: { ...network.data.genes, name }, edges, curves: { genes: [], series: [] }, groups: { names: [], rows: [] } });
        return ["ab1", "Ab1", "AB1"].map((text) => small.search(text, 8).map((gene) => name[gene]));
      });
      assert.deepEqual(found, [["ab1", "Ab1", "AB1x", "xAB1"], ["Ab1", "ab1", "AB1x", "xAB1"], ["ab1", "Ab1", "AB1x", "xAB1"]]);
    }));

  test("each filter leaves the edges that edges.tsv has for it, in the words and in the drawing", () =>
    on("hundred", {}, async (page) => {
      const [header, ...rows] = readFileSync(join(folder, "runs/hundred/edges.tsv"), "utf8").trimEnd().split("\n").map((row) => row.split("\t"));
      const edges = rows.slice(0, 2000).map((row) => Object.fromEntries(header.map((name, k) => [name, row[k]])));
      const frame = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      /** The counter and the drawing have exactly the edges of the table that pass. */
      const same = async (passes) => {
        await frame();
        const wanted = edges.filter(passes).map((edge) => `${edge.source} ${edge.target}`);
        const drawn = await page.evaluate(() => {
          const { graph, network } = window.cistron;
          return graph.cy.edges().map((one) => one.data("edge")).sort((a, b) => a - b).map((edge) => `${network.name(network.source(edge))} ${network.name(network.target(edge))}`);
        });
        assert.ok(wanted.length > 0);
        assert.equal(await edgeCount(page), wanted.length);
        assert.deepEqual(drawn, wanted);
      };
      const start = await edgeCount(page);
      await same((edge) => Number(edge.rank) <= start);
      assert.match(await page.locator("#explorer output").innerText(), /about [\d.]+ expected to be false/);
      const best = page.getByRole("slider", { name: "Top edges" });
      await best.focus();
      await page.keyboard.press("ArrowRight");
      const top = Number(/[\d,]+/.exec(await page.locator("label", { hasText: "Top edges" }).innerText())[0].replace(",", ""));
      assert.ok(top > start);
      await same((edge) => Number(edge.rank) <= top);
      await page.keyboard.press("End");
      await same(() => true);
      const share = page.getByLabel("Selected in at least");
      await share.focus();
      for (let k = 0; k < 3; k += 1) await page.keyboard.press("PageUp");
      const least = Number(await share.inputValue());
      assert.ok(least > 0.1);
      const frequent = (edge) => Number(edge.frequency) >= least;
      assert.ok(edges.some((edge) => !frequent(edge)));
      await same(frequent);
      await page.keyboard.press("Home");
      for (const [label, sign] of [["activation", "+"], ["repression", "-"]]) {
        const box = page.getByLabel(label);
        assert.ok(edges.some((edge) => edge.sign === sign), sign);
        await box.uncheck();
        await same((edge) => edge.sign !== sign);
        await box.check();
      }
      await page.getByLabel("sign unknown").uncheck();
      await same((edge) => edge.sign === "+" || edge.sign === "-");
      await page.getByRole("button", { name: "Reset" }).click();
      await same((edge) => Number(edge.rank) <= start);
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
      assert.match(text, /Effect by group/);
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

/** Rows of a table of a run, by column. */
function table(run, name) {
  const [header, ...rows] = readFileSync(join(folder, "runs", run, name), "utf8").trimEnd().split("\n").map((row) => row.split("\t"));
  return rows.map((row) => Object.fromEntries(header.map((column, k) => [column, row[k]])));
}

describe("one cut", () => {
  test("the slider of expected false edges shows the longest list that keeps to its share", () =>
    on("motility", {}, async (page) => {
      const edges = table("motility", "edges.tsv").slice(0, 2000);
      const longest = (share) => edges.findLastIndex((edge, k) => Number(edge.expected_false) <= share * (k + 1)) + 1;
      const slider = page.getByRole("slider", { name: "Expected false" });
      assert.ok(longest(0.2) > 0 && longest(0.2) < 300);
      assert.equal(await edgeCount(page), longest(0.2));
      assert.equal(await slider.inputValue(), "20");
      await slider.focus();
      let last = longest(0.2);
      for (let percents = 21; percents <= 50; percents += 1) {
        await page.keyboard.press("ArrowRight");
        assert.equal(await slider.inputValue(), String(percents));
        assert.equal(await edgeCount(page), longest(percents / 100), `${percents} %`);
      }
      assert.ok(longest(0.5) > last);
      last = longest(0.5);
      // the other slider says how many, this one which share that is
      const top = page.getByRole("slider", { name: "Top edges" });
      await top.focus();
      await page.keyboard.press("ArrowRight");
      assert.ok((await edgeCount(page)) > last);
      const share = Number(edges[(await edgeCount(page)) - 1].expected_false) / (await edgeCount(page));
      assert.equal(await slider.inputValue(), String(Math.round(100 * share)));
      await page.getByRole("button", { name: "Reset" }).click();
      assert.equal(await slider.inputValue(), "20");
    }));

  test("where nothing stands out there is a banner over twenty grey edges, and no claim", () =>
    on("doubtful", {}, async (page) => {
      const banner = await page.locator("#network .caution").innerText();
      assert.match(banner, /^No edge stands out: more than 20 % .*hypotheses, not findings\.$/);
      assert.equal(await edgeCount(page), 20);
      const colours = await page.evaluate(() => [...new Set(window.cistron.graph.cy.edges().map((edge) => `${edge.style("line-color")} ${edge.style("target-arrow-color")}`))]);
      assert.deepEqual(colours, ["rgb(120,120,120) rgb(120,120,120)"]);
      assert.doesNotMatch(await page.locator("#summary").innerText(), /Top edge|Signs of/);
      await page.evaluate(() => window.cistron.state.select({ kind: "edge", at: 0 }));
      assert.match(await page.locator(".panel").innerText(), /A hypothesis, not a finding/);
      await page.locator("#network").scrollIntoViewIfNeeded();
      await shot(page, "doubtful-network");
      const svg = await saved(page, "SVG");
      assert.ok(svg.text.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").includes("No edge stands out: more than 20 %"), svg.text);
      const cx2 = await saved(page, "CX2");
      assert.equal(JSON.parse(cx2.text).find((aspect) => aspect.networkAttributes).networkAttributes[0].note, banner);
    }));

  test("a page on which edges stand out has no banner and coloured edges", () =>
    on("motility", {}, async (page) => {
      assert.equal(await page.locator(".caution").count(), 0);
      const colours = await page.evaluate(() => window.cistron.graph.cy.edges().map((edge) => edge.style("line-color")));
      assert.ok(colours.includes("rgb(0,114,178)"), colours.join("; "));
    }));
});

/** Saves the view, and reads the file. */
async function saved(page, format) {
  const button = page.getByRole("button", { name: `Save the view as ${format}` });
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  const bytes = readFileSync(await download.path());
  return { name: download.suggestedFilename(), bytes, text: bytes.toString("utf8") };
}

describe("the view", () => {
  test("a gene that is chosen is shown with its neighbours, and the view before comes back", () =>
    on("hundred", {}, async (page) => {
      const look = () => page.evaluate(() => {
        const { cy } = window.cistron.graph;
        return { zoom: cy.zoom(), ...cy.pan() };
      });
      const before = await look();
      const edges = await page.evaluate(() => window.cistron.state.shown.map((edge) => window.cistron.network.name(window.cistron.network.source(edge))));
      await choose(page, edges[0]);
      const near = await page.evaluate((name) => {
        const { graph, network } = window.cistron;
        const { cy } = graph;
        const nodes = cy.getElementById(`g${network.find(name)}`).closedNeighborhood().nodes();
        const box = nodes.renderedBoundingBox();
        return { count: nodes.length, all: cy.nodes().length, box, wide: cy.width(), high: cy.height() };
      }, edges[0]);
      assert.ok(near.count > 1 && near.count < near.all, `${near.count} of ${near.all}`);
      assert.ok(near.box.x1 > 0 && near.box.y1 > 0 && near.box.x2 < near.wide && near.box.y2 < near.high, JSON.stringify(near));
      assert.ok((await look()).zoom > before.zoom, "it is nearer");
      await page.getByRole("button", { name: "Close the details" }).click();
      assert.deepEqual(await look(), before);
      // what the reader has moved stays
      await choose(page, edges[0]);
      await page.getByRole("button", { name: "Zoom in" }).click();
      const moved = await look();
      await page.getByRole("button", { name: "Close the details" }).click();
      assert.deepEqual(await look(), moved);
    }));

  test("is saved as SVG and PNG as it is seen", () =>
    on("motility", {}, async (page) => {
      const seen = await page.evaluate(() => {
        const { cy } = window.cistron.graph;
        return { wide: cy.width(), high: cy.height(), names: cy.nodes().map((node) => node.data("label")), edges: cy.edges().length };
      });
      const svg = await saved(page, "SVG");
      assert.equal(svg.name, "network.svg");
      const read = await page.evaluate((text) => {
        const file = new DOMParser().parseFromString(text, "image/svg+xml");
        const root = file.documentElement;
        const texts = [...file.querySelectorAll("text")].map((one) => one.textContent);
        return { root: root.nodeName, texts, paths: file.querySelectorAll("path").length, size: [root.getAttribute("width"), root.getAttribute("height")].map(Number) };
      }, svg.text);
      assert.equal(read.root, "svg");
      assert.deepEqual(read.texts.sort(), seen.names.sort());
      // a line and a head for every edge, a box for every gene
      assert.equal(read.paths, 2 * seen.edges + seen.names.length);
      assert.deepEqual(read.size, [seen.wide, seen.high]);
      const png = await saved(page, "PNG");
      assert.equal(png.name, "network.png");
      assert.equal(png.bytes.subarray(1, 4).toString(), "PNG");
      assert.deepEqual([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)], [2 * seen.wide, 2 * seen.high]);
      assert.ok(png.bytes.length > 5000, `${png.bytes.length} bytes`);
    }));

  test("is saved as the CX2 that the command line exports, for what is in view", () =>
    on("motility", {}, async (page) => {
      const parts = (text) => Object.assign({}, ...JSON.parse(text));
      const exported = parts(cistron("export", join(folder, "runs/motility"), "--format", "cx2", "-o", "-"));
      const file = await saved(page, "CX2");
      assert.equal(file.name, "network.cx2");
      const whole = parts(file.text);
      assert.deepEqual(Object.keys(whole), Object.keys(exported));
      for (const same of ["CXVersion", "metaData", "attributeDeclarations", "networkAttributes", "visualProperties", "visualEditorProperties", "status"]) {
        assert.deepEqual(whole[same], exported[same], same);
      }
      for (const kind of ["nodes", "edges"]) {
        const order = (all) => [...all].sort((a, b) => a.id - b.id);
        const [found, wanted] = [order(whole[kind]), order(exported[kind])];
        assert.deepEqual(found.map((one) => [one.id, one.s, one.t]), wanted.map((one) => [one.id, one.s, one.t]));
        found.forEach((one, k) => {
          assert.deepEqual(Object.keys(one.v).sort(), Object.keys(wanted[k].v).sort());
          for (const [name, value] of Object.entries(wanted[k].v)) {
            const same = typeof value === "number" ? Math.abs(one.v[name] - value) <= 1e-5 * Math.abs(value) : one.v[name] === value;
            assert.ok(same, `${kind} ${name}: ${one.v[name]}, expected ${value}`);
          }
        });
      }
      // nearer: less is in view
      await page.evaluate(() => window.cistron.graph.cy.viewport({ zoom: 4, pan: { x: 0, y: 0 } }));
      const part = parts((await saved(page, "CX2")).text);
      assert.ok(part.nodes.length < whole.nodes.length, `${part.nodes.length} of ${whole.nodes.length}`);
      const ids = new Set(part.nodes.map((node) => node.id));
      assert.ok(part.edges.every((edge) => ids.has(edge.s) && ids.has(edge.t)));
      assert.equal(part.metaData.find((one) => one.name === "nodes").elementCount, part.nodes.length);
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
  test("where the network cannot be drawn, the static page stays as it is", async () => {
    const { page, faults, close } = await open(browser, "motility");
    await page.addInitScript(() => (HTMLCanvasElement.prototype.getContext = () => null));
    await page.reload();
    assert.ok(faults.length > 0, "the fault is reported");
    assert.equal(await page.locator("html.live").count(), 0);
    assert.equal(await page.locator("#explorer figure svg").isVisible(), true);
    assert.equal(await page.locator("#edge-table tbody tr").count(), 50);
    const without = await open(browser, "motility", { javaScriptEnabled: false });
    for (const id of ["explorer", "edge-table", "gene-table", "theme", "pictures"]) {
      const [found, wanted] = [await page.locator(`#${id}`).innerHTML(), await without.page.locator(`#${id}`).innerHTML()];
      assert.ok(found === wanted, `#${id} has changed`);
    }
    await without.close();
    await close();
  });

  test("no edge: the page says so, and the gene tables are there", () =>
    on("none", {}, async (page) => {
      assert.match(await page.locator("#explorer output").innerText(), /No edge is shown/);
      assert.match(await page.locator("#summary").innerText(), /no pair of genes was a candidate/i);
      assert.equal(await page.locator("#gene-table tbody tr").count(), 2);
      await choose(page, "A");
      assert.match(await page.locator(".panel").innerText(), /none among the edges of this page/);
    }));

  test("one edge", () =>
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
