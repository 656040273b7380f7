/**
 * The live model of `cistron explore`: what is done to genes on one side, what the model predicts on the other.
 *
 * A report has no model behind it; this is called only where the payload has `explore`.
 */

import "./live/live.css";
import type { App } from "./app";
import { el } from "./dom";
import { Answer, worthDrawing, type Answers } from "./live/answers";
import { Asker, Settler, message, send } from "./live/asker";
import { curveKey, curves } from "./live/curves";
import { effectTables, type EffectTables } from "./live/effects";
import { form, type Form } from "./live/form";
import { isLiveModel, type Query, type Reply } from "./live/protocol";
import { LETTERS, Scenario, type Letter } from "./live/scenario";
import { setting } from "./live/setting";
import { tint, type Tint } from "./live/tint";
import { watched } from "./live/watched";
import { saveText } from "./save";
import { count } from "./words";

/** Fills `into`; what it needs of the page is in `app`. */
export function mountExplore(app: App, into: HTMLElement): void {
  const model = app.network.data.explore;
  if (isLiveModel(model)) new Live(app, new Scenario(app.network, model), into);
}

/** Scenario, answers and what shows them. */
class Live {
  private readonly answers: Answers = {};
  private readonly askers: Record<Letter, Asker>;
  private readonly status = el("p", { class: "live-status", id: "live-status" });
  private readonly caveats = el("ul", { class: "live-caveats" });
  /** Why a list has no answer to what is now asked. */
  private readonly refused: Partial<Record<Letter, string>> = {};
  private readonly settler: Settler<Letter>;
  private readonly before = el("p", { class: "live-before", hidden: true }, "The results below are of the previous query.");
  private readonly trouble = el("p", { class: "live-trouble", role: "alert" });
  private readonly key = el("div", {});
  private readonly charts = el("div", { class: "live-charts" });
  private readonly saves = el("div", { class: "live-saves" });
  private readonly results: HTMLElement;
  private readonly form: Form;
  private readonly tables: EffectTables;
  private readonly tint: Tint;
  /** Genes that are drawn: the same while something slides, so that the eye keeps its place. */
  private drawn: number[] = [];

  constructor(
    private readonly app: App,
    private readonly scenario: Scenario,
    into: HTMLElement,
  ) {
    const { network, state, graph, announce } = app;
    this.form = form(scenario, state, announce);
    this.tables = effectTables(scenario, state, this.answers, announce);
    this.tint = tint(scenario, graph, this.answers);
    const asker = (letter: Letter) => {
      return new Asker(scenario.model.token, {
        answered: (reply) => this.answered(letter, reply),
        failed: (why) => this.failed(letter, why),
      });
    };
    this.settler = new Settler(scenario.model.token, () => this.full(), {
      answered: (replies) => this.completed(replies),
      failed: (why) => this.warn(why),
    });
    this.askers = { A: asker("A"), B: asker("B") };
    this.results = el(
      "div",
      { class: "live-results", hidden: true },
      this.tint.element,
      el("h3", { class: "unseen" }, "Predicted courses"),
      this.key,
      this.charts,
      watched(scenario, announce),
    );
    const inputs = el("div", { class: "live-inputs" }, this.form.element, setting(scenario));
    const outputs = el("div", { class: "live-outputs", "aria-describedby": "live-status" }, this.trouble, this.before, this.status, this.caveats, this.results);
    into.replaceChildren(
      el("h2", { id: "live-title" }, "Simulate an intervention"),
      el(
        "p",
        {},
        "The fitted model of this run simulates interventions; the numbers are the same as with ",
        el("code", {}, "cistron perturb"),
        ". They are predictions: the bands, and the evidence of the edges on the way, say how far to trust them.",
      ),
      el("div", { class: "live-sides" }, inputs, outputs),
      this.tables.element,
      this.saves,
    );
    scenario.changed(() => this.ask());
    this.showNothing(network.genes);
  }

  /** Asks anew after a change. */
  private ask(): void {
    this.settler.cancel();
    if (this.scenario.idle && this.scenario.watched.length === 0) {
      LETTERS.forEach((letter) => this.forget(letter));
      this.showNothing(this.scenario.network.genes);
      return;
    }
    if (!this.scenario.comparing) this.forget("B");
    const names = this.drawn.map((gene) => this.scenario.network.name(gene));
    for (const letter of this.scenario.letters) {
      const genes = names.length > 0 ? { genes: names } : {};
      this.askers[letter].ask({ ...this.scenario.ask(letter), bands: this.scenario.isSmall, ...genes });
    }
  }

  private forget(letter: Letter): void {
    this.askers[letter].stop();
    delete this.answers[letter];
    delete this.refused[letter];
  }

  /** The same queries with bands, for the genes that now move most: in both lists the same ones. */
  private full(): [Letter, Query][] {
    this.drawn = worthDrawing(this.answers, this.scenario.watched, this.scenario.comparing);
    const genes = this.drawn.map((gene) => this.scenario.network.name(gene));
    return this.scenario.letters.flatMap((letter): [Letter, Query][] => {
      const quick = this.askers[letter].answer;
      return quick ? [[letter, { ...quick, bands: true, genes }]] : [];
    });
  }

  private answered(letter: Letter, reply: Reply): void {
    delete this.refused[letter];
    this.answers[letter] = new Answer(reply);
    if (this.drawn.length === 0) {
      this.drawn = worthDrawing(this.answers, this.scenario.watched, this.scenario.comparing);
    }
    this.show(false);
    this.settle();
  }

  private completed(replies: [Letter, Reply][]): void {
    for (const [letter, reply] of replies) this.answers[letter] = new Answer(reply);
    this.show(true);
  }

  /** Asks for all the rest once every list has its quick answer or is refused one. */
  private settle(): void {
    const { letters } = this.scenario;
    const all = letters.every((letter) => this.askers[letter].idle);
    if (all && letters.some((letter) => this.askers[letter].answer)) this.settler.soon();
  }

  /** Without an answer to the present query, the answer on the page is marked as that of the query before. */
  private failed(letter: Letter, why: string): void {
    this.refused[letter] = why;
    this.status.textContent = "";
    this.app.announce(why);
    this.markStale();
    this.settle();
  }

  /** Tells of what went wrong beside the answer that is shown. */
  private warn(why: string): void {
    this.trouble.textContent = why;
    this.app.announce(why);
  }

  private markStale(): void {
    const { letters } = this.scenario;
    const reasons = [...new Set(letters.flatMap((letter) => this.refused[letter] ?? []))];
    const stale = reasons.length > 0 && letters.some((letter) => this.refused[letter] && this.answers[letter]);
    this.trouble.textContent = reasons.join(" ");
    this.before.hidden = !stale;
    for (const part of [this.results, this.tables.element]) part.classList.toggle("stale", stale);
    this.saves.querySelectorAll("button").forEach((button) => (button.disabled = reasons.length > 0));
    this.tables.savable(!stale);
    if (stale) this.results.dataset["state"] = "stale";
  }

  private show(final: boolean): void {
    const { scenario, answers } = this;
    const there = this.drawn.filter((gene) => scenario.letters.some((letter) => answers[letter]?.curve(gene)));
    this.results.hidden = false;
    this.tables.element.hidden = false;
    this.charts.replaceChildren(...curves(scenario, answers, there));
    this.key.replaceChildren(curveKey(scenario, answers.A?.reply.members ?? 0));
    this.tables.refresh();
    this.tint.refresh();
    this.showSaves();
    const words = scenario.letters.map((letter) => this.sentence(letter)).join(" ");
    this.status.textContent = words;
    const warnings = new Set(scenario.letters.flatMap((letter) => answers[letter]?.reply.warnings ?? []));
    this.caveats.replaceChildren(...[...warnings].map((text) => el("li", {}, text)));
    // for tests and for tools that read the page
    this.results.dataset["state"] = final ? "complete" : "quick";
    this.markStale();
    if (final) this.app.announce(words);
  }

  /** How many genes are reached, and how fast the answer came. */
  private sentence(letter: Letter): string {
    const answer = this.answers[letter];
    if (!answer || this.refused[letter]) return "";
    const name = this.scenario.comparing ? `${letter}, ${this.scenario.inWords(letter)}:` : `${this.scenario.inWords(letter)}:`;
    const reached = `${count(answer.reached("direct"), "gene")} reached directly, ${answer.reached("downstream")} over others, ${answer.reached("none")} not`;
    return `${name} ${reached} (${Math.max(1, Math.round(1000 * answer.reply.seconds))} ms).`;
  }

  private showNothing(genes: number): void {
    const lost = [this.results, this.tables.element].some((part) => part.contains(document.activeElement));
    this.results.hidden = true;
    this.tables.element.hidden = true;
    this.drawn = [];
    this.caveats.replaceChildren();
    this.saves.replaceChildren();
    this.markStale();
    this.tint.refresh();
    const { network } = this.scenario;
    const targets = network.outOf.map((edges) => edges.filter((edge) => this.app.state.isShown(edge)).length);
    const hub = targets.reduce((best, shown, gene) => (shown > (targets[best] ?? 0) ? gene : best), 0);
    this.status.replaceChildren(
      `Add one of the ${count(genes, "gene")}, or choose it in the network. `,
      network.genes > 0 && network.edges > 0
        ? el("button", { type: "button", class: "example", click: () => this.form.add(hub) }, `Example: knock out ${network.name(hub)}`)
        : "",
    );
    if (lost) this.form.focus();
  }

  /** Buttons that save the very table that `cistron perturb` would write. */
  private showSaves(): void {
    const { comparing, letters } = this.scenario;
    if (this.saves.childElementCount === letters.length) return;
    this.saves.replaceChildren(
      ...letters.map((letter) => {
        const file = comparing ? `response_${letter}.tsv` : "response.tsv";
        const words = comparing ? `Save all courses of ${letter} (${file})` : `Save all courses (${file})`;
        return el("button", { type: "button", click: () => void this.save(letter, file) }, words);
      }),
    );
  }

  private async save(letter: Letter, file: string): Promise<void> {
    try {
      const response = await send("/api/perturb.tsv", this.scenario.model.token, this.scenario.ask(letter));
      saveText(file, await response.text());
      this.app.announce(`saved as ${file}`);
    } catch (error) {
      this.warn(message(error));
    }
  }
}
