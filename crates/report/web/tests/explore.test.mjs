// The live model of `cistron explore`, as a reader works with it; every number beside `cistron perturb`.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { launch, open, shot } from "./browser.mjs";
import { perturb, serve, table } from "./server.mjs";
import { NASTY } from "./where.mjs";

const servers = {};
let browser;
before(async () => {
  browser = await launch();
  for (const run of ["motility", "hundred", "thousand", "nasty", "one", "none"]) servers[run] = await serve(run);
});
after(async () => {
  await browser?.close();
  for (const server of Object.values(servers)) await server.stop();
});

/** Opens the page of a run, does something, and wants no faults. */
async function on(run, options, act) {
  const opened = await open(browser, servers[run].url, options);
  await act(opened.page, opened.faults);
  assert.deepEqual(opened.faults, []);
  await opened.close();
}

/** Does something and waits for the whole answer to it. */
async function answered(page, act) {
  await page.locator(".live-results").evaluate((one) => delete one.dataset.state);
  await act();
  await page.locator('.live-results[data-state="complete"]').waitFor();
}

async function add(page, gene) {
  await page.getByRole("combobox", { name: "Add a gene" }).fill(gene);
  await page.keyboard.press("Enter");
}

/** A screenshot of the live model alone: the page around it is long. */
const look = (page, name) => shot(page.locator("#live-model"), name);

/** Slides or types a number. */
async function type(page, label, value) {
  await page.getByRole("spinbutton", { name: label }).fill(String(value));
}

/** A number as the page has it, to three digits. */
const number = (text) => Number(text.replaceAll("−", "-"));

/** A row of the table of effects, by column. */
async function effectOf(page, gene) {
  const grid = page.locator(".live-effects .grid:visible");
  const titles = (await grid.locator("thead th").allInnerTexts()).map((title) => title.trim());
  const row = grid.locator("tbody tr").filter({ has: page.getByRole("button", { name: gene, exact: true }) });
  const cells = await row.locator("td").allInnerTexts();
  return Object.fromEntries(titles.map((title, k) => [title, cells[k]]));
}

function near(found, expected, share, what) {
  assert.ok(Math.abs(found - expected) <= share * Math.abs(expected) + 1e-9, `${what}: ${found}, not ${expected}`);
}

/** Levels of a drawn line, read from the picture by the ticks of its axis. */
async function drawn(page, gene, look) {
  return page.locator(`.live-panel[data-gene="${gene}"] svg.chart`).evaluate((chart, look) => {
    const ticks = [...chart.querySelectorAll('text.tick[text-anchor="end"]')].map((tick) => {
      return { at: Number(tick.getAttribute("y")) - 4, value: Number(tick.textContent.replaceAll("−", "-")) };
    });
    const [low, high] = [ticks[0], ticks[ticks.length - 1]];
    const level = (y) => low.value + ((y - low.at) / (high.at - low.at)) * (high.value - low.value);
    const points = chart.querySelector(look).getAttribute("points").trim().split(" ");
    const range = Math.abs(high.value - low.value);
    return { levels: points.map((point) => level(Number(point.split(",")[1]))), range };
  }, look);
}

/** Compares a drawn line with a column of response.tsv. */
async function sameCourse(page, answer, gene, look, column) {
  const { levels, range } = await drawn(page, gene, look);
  const written = answer.rows.filter((row) => row.gene === gene).map((row) => Number(row[column]));
  assert.equal(levels.length, written.length);
  const worst = Math.max(...levels.map((level, k) => Math.abs(level - written[k])));
  assert.ok(worst < 0.01 * range, `${gene} ${column}: the picture is off by ${worst}`);
}

describe("one intervention", () => {
  test("a knockout draws the courses that the command line writes, with bands and effects", () =>
    on("motility", {}, async (page) => {
      assert.equal(await page.locator(".live-results").isVisible(), false);
      await answered(page, () => add(page, "fliA"));
      const answer = perturb("motility", "--ko", "fliA", "--until", "200");
      const [, first, second] = answer.effects;
      for (const { gene } of [first, second]) {
        await sameCourse(page, answer, gene, ".line.muted", "wild_type");
        await sameCourse(page, answer, gene, ".line.c0", "perturbed");
        assert.equal(await page.locator(`.live-panel[data-gene="${gene}"] .band`).count(), 1);
      }
      for (const written of answer.effects.slice(0, 8)) {
        const shown = await effectOf(page, written.gene);
        for (const [title, column] of [["Wild type", "wild_type"], ["Predicted", "perturbed"], ["Change", "change"], ["at least", "low"], ["at most", "high"], ["log₂", "log2_fold_change"]]) {
          near(number(shown[title]), Number(written[column]), 0.006, `${written.gene} ${title}`);
        }
        assert.equal(shown.Path.replaceAll(" › ", ">"), written.path);
      }
      const reached = answer.effects.filter((row) => row.kind === "direct").length;
      assert.match(await page.locator("#live-status").innerText(), new RegExp(`fliA knockout: ${reached} genes reached directly`));
      await page.locator("#live-model").evaluate((one) => one.scrollIntoView());
      await shot(page, "explore-knockout");
    }));

  test("the network takes the colours of the change, and gives them back", () =>
    on("motility", {}, async (page) => {
      const tints = () => page.evaluate(() => window.cistron.graph.cy.nodes().filter((node) => node.data("tint")).length);
      assert.equal(await tints(), 0);
      await answered(page, () => add(page, "fliA"));
      assert.ok((await tints()) > 5);
      await page.evaluate(() => document.getElementById("network").scrollIntoView());
      await shot(page, "explore-colours");
      await page.getByLabel("Colour the network by").selectOption("nothing");
      assert.equal(await tints(), 0);
    }));

  test("a dose is slid, and each answer is that of the command line", () =>
    on("motility", {}, async (page) => {
      await answered(page, () => add(page, "hns"));
      await answered(page, () => page.getByLabel("Intervention on hns").selectOption("kd"));
      const slide = page.getByRole("slider", { name: "Remaining part" });
      await slide.focus();
      await answered(page, async () => {
        for (let k = 0; k < 20; k += 1) await page.keyboard.press("ArrowLeft");
      });
      assert.equal(await page.getByRole("spinbutton", { name: "Remaining part" }).inputValue(), "0.3");
      const answer = perturb("motility", "--kd", "hns=0.3", "--until", "200");
      const topChange = answer.effects.find((row) => row.kind !== "perturbed").gene;
      await sameCourse(page, answer, topChange, ".line.c0", "perturbed");

      await answered(page, () => page.getByLabel("Intervention on hns").selectOption("oe"));
      await answered(page, () => type(page, "Factor", 25));
      const more = perturb("motility", "--oe", "hns=25x", "--until", "200").effects[1];
      near(number((await effectOf(page, more.gene)).Change), Number(more.change), 0.006, "times 25");

      await answered(page, () => page.getByLabel("Intervention on hns").selectOption("set"));
      await answered(page, () => type(page, "Level, in units of the data", 0.125));
      const held = perturb("motility", "--set", "hns=0.125", "--until", "200").effects;
      near(number((await effectOf(page, held[1].gene)).Change), Number(held[1].change), 0.006, "held");
    }));

  test("a window, a start and an end are those of the command line", () =>
    on("motility", {}, async (page) => {
      await answered(page, () => add(page, "fliA"));
      await answered(page, () => page.getByLabel("in a time window").check());
      await answered(page, () => type(page, "From,", 20));
      await answered(page, () => type(page, "to,", 60));
      await answered(page, () => type(page, "Simulate until", 90));
      await answered(page, () => page.getByLabel("Start from").selectOption("2@30"));
      const answer = perturb("motility", "--ko", "fliA", "--window", "fliA=20:60", "--until", "90", "--from", "2@30");
      await sameCourse(page, answer, answer.effects[1].gene, ".line.c0", "perturbed");
      assert.equal(await page.locator(".live-panel .span").count(), 6);
      await look(page, "explore-window");
      // the ends push each other
      await answered(page, async () => {
        await type(page, "From,", 80);
        await page.keyboard.press("Enter");
      });
      const end = Number(await page.getByRole("spinbutton", { name: "to," }).inputValue());
      assert.ok(end > 80, `${end}`);
    }));

  test("steady states are one picture, and the table's", () =>
    on("motility", {}, async (page) => {
      await answered(page, () => add(page, "fliA"));
      await answered(page, () => page.getByLabel("until the steady state").check());
      const answer = perturb("motility", "--ko", "fliA");
      assert.equal(await page.locator(".live-levels svg").count(), 1);
      assert.equal(await page.locator(".live-panel").count(), 0);
      const topChange = answer.effects[1];
      near(number((await effectOf(page, topChange.gene)).Predicted), Number(topChange.perturbed), 0.006, topChange.gene);
      await look(page, "explore-idle");
    }));

  test("several genes act together, and one that is removed does not any more", () =>
    on("motility", {}, async (page) => {
      await answered(page, () => add(page, "fliA"));
      const alone = await page.locator("#live-status").innerText();
      await answered(page, () => add(page, "hns"));
      const both = perturb("motility", "--ko", "fliA,hns", "--until", "200").effects.find((row) => row.kind !== "perturbed");
      near(number((await effectOf(page, both.gene)).Change), Number(both.change), 0.006, both.gene);
      await answered(page, () => page.getByRole("button", { name: "Remove hns" }).click());
      const words = (text) => text.replace(/\(\d+ ms\)/, "");
      assert.equal(words(await page.locator("#live-status").innerText()), words(alone));
      await page.getByRole("button", { name: "Remove fliA" }).click();
      assert.equal(await page.locator(".live-results").isVisible(), false);
    }));

  test("a gene that is chosen in the network is knocked out by one button", () =>
    on("motility", {}, async (page) => {
      await page.evaluate(() => window.cistron.state.select({ kind: "gene", at: 2 }));
      const name = await page.evaluate(() => window.cistron.network.name(2));
      await answered(page, () => page.getByRole("button", { name: `Knock out ${name}` }).click());
      assert.match(await page.locator("#live-status").innerText(), new RegExp(`${name} knockout`));
    }));

  test("other genes are drawn when they are asked for", () =>
    on("motility", {}, async (page) => {
      await answered(page, () => add(page, "fliA"));
      await answered(page, async () => {
        await page.getByRole("combobox", { name: "Draw another gene too" }).fill("araB");
        await page.keyboard.press("Enter");
      });
      const panels = () => page.locator(".live-panel h4").allInnerTexts();
      assert.equal((await panels())[0], "araB");
      await answered(page, () => page.getByRole("button", { name: "Do not draw araB always" }).click());
      assert.ok(!(await panels()).includes("araB"));
    }));
});

describe("the form", () => {
  test("every gene is added by its name", () =>
    on("hundred", {}, async (page) => {
      // the answers are not what this is about
      await page.route("**/api/perturb", () => {});
      const names = await page.evaluate(() => window.cistron.network.data.genes.name);
      assert.equal(names.length, 100);
      for (const name of names) await add(page, name);
      assert.deepEqual(await page.locator(".step .name").allTextContents(), names);
    }));

  /** Types a number over what stands in a field, key by key. */
  async function keys(page, label, text) {
    const field = page.getByRole("spinbutton", { name: label });
    await field.focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(text);
    return field;
  }

  test("the ends of a window are typed key by key, and push each other only when a number is whole", () =>
    on("motility", {}, async (page) => {
      await answered(page, () => add(page, "fliA"));
      await page.getByLabel("in a time window").check();
      await keys(page, "Simulate until", "900");
      const [from, to] = [page.getByRole("spinbutton", { name: "From," }), page.getByRole("spinbutton", { name: "to," })];
      const ends = async () => [await from.inputValue(), await to.inputValue()];
      await keys(page, "to,", "500");
      await keys(page, "From,", "200");
      await keys(page, "to,", "600");
      assert.deepEqual(await ends(), ["200", "600"]);
      await page.keyboard.press("Tab");
      assert.deepEqual(await ends(), ["200", "600"]);
      await keys(page, "From,", "10.05");
      await page.keyboard.press("Enter");
      assert.deepEqual(await ends(), ["10.05", "600"]);
      await page.locator("#live-status").filter({ hasText: "from 10.05 to 600" }).waitFor();
      // an end before the start pushes it
      await keys(page, "to,", "5");
      assert.deepEqual(await ends(), ["10.05", "5"]);
      await page.keyboard.press("Tab");
      const [start, end] = await ends();
      assert.equal(end, "5");
      assert.ok(Number(start) < 5, start);
      await page.locator("#live-status").filter({ hasText: `from ${start} to 5 ` }).or(page.locator("#live-status").filter({ hasText: `from ${start} to 5:` })).waitFor();
      // what is said of the sliders is where they stand
      const said = async (label) => page.getByRole("slider", { name: label, exact: true }).getAttribute("aria-valuetext");
      assert.deepEqual([await said("From"), await said("to")], [`${start} time`, "5 time"]);
    }));

  test("the keyboard is not lost where a gene is removed", () =>
    on("motility", {}, async (page) => {
      const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.labels?.[0]?.textContent ?? document.activeElement.tagName);
      for (const gene of ["fliA", "hns", "fliZ"]) await answered(page, () => add(page, gene));
      const remove = async (gene) => {
        await page.getByRole("button", { name: `Remove ${gene}` }).focus();
        await page.keyboard.press("Enter");
        return focused();
      };
      assert.equal(await remove("hns"), "Remove fliZ");
      assert.equal(await remove("fliZ"), "Remove fliA");
      // genes that are drawn too
      for (const gene of ["araB", "fliC"]) {
        await page.getByRole("combobox", { name: "Draw another gene too" }).fill(gene);
        await page.keyboard.press("Enter");
      }
      const chips = await page.locator(".chips button").count();
      await page.locator(".chips button").first().focus();
      for (let k = 1; k < chips; k += 1) {
        await page.keyboard.press("Enter");
        assert.match(await focused(), /^Do not draw/);
      }
      await page.keyboard.press("Enter");
      assert.equal(await focused(), "Draw another gene too");
      assert.equal(await remove("fliA"), "Add a gene");
    }));

  test("the keyboard stays on its gene when the table of effects changes", () =>
    on("motility", {}, async (page) => {
      await answered(page, () => add(page, "fliA"));
      const row = page.locator(".live-effects .grid:visible tbody tr button").nth(3);
      const name = await row.textContent();
      await row.focus();
      await answered(page, () => page.evaluate(() => {
        const choice = document.querySelector(".step select");
        choice.value = "oe";
        choice.dispatchEvent(new Event("change"));
      }));
      assert.equal(await page.evaluate(() => document.activeElement.textContent), name);
    }));
});

describe("two interventions", () => {
  test("every picture has both curves, however late the second answer comes", () =>
    on("motility", {}, async (page) => {
      await answered(page, () => add(page, "fliA"));
      await answered(page, () => page.getByLabel("Compare two interventions").check());
      await page.route("**/api/perturb", async (route) => {
        const genes = route.request().postDataJSON().interventions.map((one) => one.gene);
        if (!genes.includes("fliA")) await new Promise((done) => setTimeout(done, 900));
        await route.continue().catch(() => {});
      });
      const second = page.locator('[data-letter="B"]');
      await second.getByRole("button", { name: "Remove fliA" }).click();
      await answered(page, () => add(page, "hns"));
      await page.locator("#live-status").filter({ hasText: "B, hns knockout" }).waitFor();
      await page.waitForTimeout(2500);
      const panels = page.locator(".live-panel");
      assert.ok((await panels.count()) >= 6);
      for (const panel of await panels.all()) {
        const lines = [await panel.locator(".line.c0").count(), await panel.locator(".dashed.c1").count(), await panel.locator(".band").count()];
        assert.deepEqual(lines, [1, 1, 2], await panel.locator("h4").innerText());
      }
      await page.unroute("**/api/perturb");
    }));

  test("are drawn over each other, and their difference is that of the command line", () =>
    on("motility", {}, async (page) => {
      await answered(page, () => add(page, "fliA"));
      await answered(page, () => page.getByLabel("Compare two interventions").check());
      const second = page.locator('[data-letter="B"]');
      await answered(page, () => second.locator("select").selectOption("kd"));
      const [a, b] = [perturb("motility", "--ko", "fliA", "--until", "200"), perturb("motility", "--kd", "fliA=0.5", "--until", "200")];
      const end = (answer, gene) => Number(answer.rows.filter((row) => row.gene === gene).at(-1).perturbed);
      const genes = await page.locator(".live-panel h4").allInnerTexts();
      for (const gene of genes) {
        await sameCourse(page, a, gene, ".line.c0", "perturbed");
        await sameCourse(page, b, gene, ".dashed.c1", "perturbed");
        near(number((await effectOf(page, gene))["B − A"]), end(b, gene) - end(a, gene), 0.006, gene);
      }
      const differences = [...new Set(a.rows.map((row) => row.gene))].map((gene) => [Math.abs(end(b, gene) - end(a, gene)), gene]);
      differences.sort((x, y) => y[0] - x[0]);
      assert.deepEqual(genes, differences.slice(0, genes.length).map(([, gene]) => gene));
      await page.locator("#live-model").evaluate((one) => one.scrollIntoView());
      await look(page, "explore-comparison");
    }));
});

describe("what is saved", () => {
  const saved = async (page, act) => {
    const [download] = await Promise.all([page.waitForEvent("download"), act()]);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
  };

  test("all courses are the bytes of response.tsv", () =>
    on("motility", {}, async (page) => {
      await answered(page, () => add(page, "fliA"));
      const file = await saved(page, () => page.getByRole("button", { name: "Save all courses" }).click());
      assert.equal(file.name, "response.tsv");
      assert.equal(file.text, perturb("motility", "--ko", "fliA", "--until", "200").text);
    }));

  test("the table of effects has the columns and numbers of effects.tsv", () =>
    on("motility", {}, async (page) => {
      await answered(page, () => add(page, "fliA"));
      const file = await saved(page, () => page.locator(".live-effects").getByRole("button", { name: "Save as TSV" }).click());
      const { effects } = perturb("motility", "--ko", "fliA", "--until", "200");
      const found = table(file.text);
      assert.equal(file.name, "effects.tsv");
      assert.deepEqual(found.map((row) => row.gene), effects.map((row) => row.gene));
      found.forEach((row, k) => near(Number(row.change), Number(effects[k].change), 1e-4, row.gene));
    }));
});

describe("what goes wrong", () => {
  test("a query that is refused is reported in the words of the command line", () =>
    on("motility", {}, async (page, faults) => {
      await answered(page, () => add(page, "fliA"));
      await page.getByLabel("in a time window").check();
      await type(page, "From,", 300);
      await page.keyboard.press("Enter");
      await page.locator(".live-trouble").filter({ hasText: "the window 300:" }).waitFor();
      assert.match(await page.locator(".live-trouble").innerText(), /lies outside of the simulated time/);
      // the answer that stands there is not taken for one to this
      const before = page.getByText("The results below are of the previous query.");
      const saves = page.locator("#live-model").getByRole("button", { name: /^Save/ });
      assert.equal(await before.isVisible(), true);
      assert.equal(await page.locator(".live-results.stale").count(), 1);
      assert.deepEqual(await saves.evaluateAll((all) => all.filter((one) => one.offsetParent).map((one) => one.disabled)), [true, true]);
      await page.locator("#live-model").evaluate((one) => one.scrollIntoView());
      await look(page, "explore-refusal");
      await answered(page, () => type(page, "From,", 10));
      assert.equal(await before.isVisible(), false);
      assert.equal(await page.locator(".stale").count(), 0);
      assert.deepEqual(await saves.evaluateAll((all) => all.filter((one) => one.offsetParent).map((one) => one.disabled)), [false, false]);
      assert.equal(await page.locator(".live-trouble").isVisible(), false);
      // the browser itself notes the refusal
      assert.ok(faults.length > 0 && faults.every((fault) => /422/.test(fault)), `${faults}`);
      faults.length = 0;
    }));

  test("a late answer never stands over a newer one", () =>
    on("motility", {}, async (page) => {
      await answered(page, () => add(page, "hns"));
      await answered(page, () => page.getByLabel("Intervention on hns").selectOption("kd"));
      let held = 0;
      await page.route("**/api/perturb", async (route) => {
        held += 1;
        // the first ones are slow
        if (held < 3) await new Promise((done) => setTimeout(done, 600));
        await route.continue().catch(() => {});
      });
      await answered(page, async () => {
        for (const value of [0.9, 0.8, 0.7, 0.1]) await type(page, "Remaining part", value);
      });
      assert.ok(held <= 3, `${held} questions for four values in a row`);
      await page.waitForTimeout(900);
      const answer = perturb("motility", "--kd", "hns=0.1", "--until", "200").effects[1];
      near(number((await effectOf(page, answer.gene)).Change), Number(answer.change), 0.006, answer.gene);
      await page.unroute("**/api/perturb");
    }));

  test("a server that has ended is reported", async () => {
    const server = await serve("motility");
    const { page, close } = await open(browser, server.url);
    await answered(page, () => add(page, "fliA"));
    await server.stop();
    await page.getByLabel("Intervention on fliA").selectOption("kd");
    await page.locator(".live-trouble").filter({ hasText: "Is `cistron explore` still running?" }).waitFor();
    await close();
  });
});

describe("every reader", () => {
  test("everything is done with the keyboard", () =>
    on("motility", {}, async (page) => {
      await page.getByRole("combobox", { name: "Add a gene" }).focus();
      await answered(page, async () => {
        await page.keyboard.type("fliA");
        await page.keyboard.press("Enter");
      });
      const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.name);
      assert.equal(await focused(), "Intervention on fliA");
      await answered(page, () => page.keyboard.press("ArrowDown"));
      assert.equal(await page.getByLabel("Intervention on fliA").inputValue(), "kd");
      await page.keyboard.press("Tab");
      assert.equal(await focused(), "Remaining part, as a number");
      await page.keyboard.press("Tab");
      await answered(page, () => page.keyboard.press("Home"));
      assert.match(await page.locator("#live-status").innerText(), /fliA 0×/);
      await page.keyboard.press("Tab");
      await answered(page, () => page.keyboard.press("Space"));
      assert.equal(await page.getByLabel("in a time window").isChecked(), true);
      assert.match(await page.locator('[role="status"]').first().textContent(), /reached directly/);
    }));

  for (const colorScheme of ["light", "dark"]) {
    test(`the checker of accessibility has nothing to complain about, ${colorScheme}`, () =>
      on("motility", { colorScheme }, async (page) => {
        await answered(page, () => add(page, "fliA"));
        await answered(page, () => page.getByLabel("Compare two interventions").check());
        const second = page.locator('[data-letter="B"]');
        await answered(page, () => second.locator("select").selectOption("kd"));
        await answered(page, () => second.getByLabel("in a time window").check());
        await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
        const { violations } = await page.evaluate(() => window.axe.run("#live-model", { resultTypes: ["violations"] }));
        assert.deepEqual(violations.map((v) => `${v.id}: ${v.help} ${v.nodes[0]?.html.slice(0, 200)}`), []);
        await look(page, `explore-${colorScheme}`);
      }));
  }

  for (const [name, options] of [["wide", {}], ["dark", { colorScheme: "dark" }], ["phone", { viewport: { width: 360, height: 740 } }]]) {
    test(`nor has it where a question is refused, ${name}`, () =>
      on("motility", options, async (page, faults) => {
        await answered(page, () => add(page, "fliA"));
        await page.getByLabel("in a time window").check();
        await type(page, "From,", 300);
        await page.keyboard.press("Enter");
        await page.locator(".live-trouble").filter({ hasText: "the window 300:" }).waitFor();
        await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        assert.deepEqual(violations.map((v) => `${v.id}: ${v.help} ${v.nodes[0]?.html.slice(0, 200)}`), []);
        assert.ok(faults.every((fault) => /422/.test(fault)), `${faults}`);
        faults.length = 0;
      }));
  }

  test("on a phone nothing scrolls sideways", () =>
    on("motility", { viewport: { width: 360, height: 740 } }, async (page) => {
      await answered(page, () => add(page, "fliA"));
      await answered(page, () => page.getByLabel("Compare two interventions").check());
      await answered(page, () => page.locator('[data-letter="B"]').getByLabel("in a time window").check());
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
      await page.locator("#live-model").evaluate((one) => one.scrollIntoView());
      await look(page, "explore-phone");
    }));

  test("names that a careless page would break on are only names", () =>
    on("nasty", {}, async (page) => {
      for (const name of NASTY) await add(page, name);
      await answered(page, () => page.getByLabel("Simulate until").first().focus().then(() => page.keyboard.press("ArrowRight")));
      assert.deepEqual(await page.locator(".step .name").allInnerTexts(), NASTY);
      await look(page, "explore-nasty");
    }));

  for (const run of ["one", "none"]) {
    test(`${run}: a model of two genes answers too`, () =>
      on(run, {}, async (page) => {
        const name = await page.evaluate(() => window.cistron.network.name(0));
        await answered(page, () => add(page, name));
        assert.match(await page.locator("#live-status").innerText(), /knockout/);
      }));
  }
});

/**
 * Milliseconds, sorted, from moving a slider to the picture that answers to it, over twenty places of
 * the slider; `words` are those in which the status names the place.
 */
function slide(page, selector, from, step, words) {
  return page.evaluate(
    async ([selector, from, step, words]) => {
      const slide = document.querySelector(selector);
      const charts = document.querySelector(".live-charts");
      const found = [];
      for (let k = 1; k <= 20; k += 1) {
        const start = performance.now();
        const drawn = new Promise((done) => new MutationObserver((_, own) => (own.disconnect(), done())).observe(charts, { childList: true }));
        slide.value = String(from + step * k);
        slide.dispatchEvent(new Event("input"));
        await drawn;
        await new Promise((done) => requestAnimationFrame(done));
        found.push(performance.now() - start);
        const said = document.getElementById("live-status").textContent;
        if (!said.includes(words.replace("#", slide.value))) throw new Error(`${slide.value}: ${said}`);
        if (document.querySelectorAll(".live-panel .line.c0").length === 0) throw new Error("no curve is drawn");
      }
      return found.sort((a, b) => a - b);
    },
    [selector, from, step, words],
  );
}

for (const [run, genes] of [["hundred", 100], ["thousand", 1000]]) {
  test(`an answer on ${genes} genes is drawn within 200 ms of the slider`, async (t) => {
    const { page, close } = await open(browser, servers[run].url);
    assert.equal(await page.evaluate(() => window.cistron.network.genes), genes);
    await answered(page, () => page.locator(".example").click());
    await answered(page, () => page.locator(".step select").selectOption("kd"));
    const dose = await slide(page, ".step .dose input[type=range]", 0.5, 0.01, " #×");
    await answered(page, () => page.getByLabel("in a time window").check());
    const { least, length } = await page.evaluate(() => {
      const from = document.querySelector(".window input[type=range]");
      return { least: Number(from.step), length: Number(from.max) };
    });
    const window_ = await slide(page, ".window input[type=range]", 0, least * Math.max(1, Math.floor(length / least / 50)), "from # to");
    for (const [what, times] of Object.entries({ dose, window: window_ })) {
      t.diagnostic(`${what}: half of the answers within ${Math.round(times[10])} ms, nine of ten within ${Math.round(times[18])} ms`);
      assert.ok(times[10] <= 200, `${what}: ${times.map(Math.round)}`);
    }
    await close();
  });
}
