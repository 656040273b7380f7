/** Predicted courses of some genes, without and with what is done. */

import { drawChart, type Trace } from "../chart";
import { el } from "../dom";
import { short } from "../words";
import type { Answer, Answers } from "./answers";
import { levels } from "./levels";
import type { Curve } from "./protocol";
import type { Letter, Scenario } from "./scenario";

/** Colour and line of each list: they differ in both. */
export const LOOK: Record<Letter, { colour: string; look: "line" | "dashed" }> = {
  A: { colour: "c0", look: "line" },
  B: { colour: "c1", look: "dashed" },
};

/** A panel for every gene; for steady states one picture of all. */
export function curves(scenario: Scenario, answers: Answers, genes: readonly number[]): HTMLElement[] {
  const first = answers.A ?? answers.B;
  if (!first) return [];
  if (first.reply.times.length === 0) return [levels(scenario, answers, genes)];
  return genes.map((gene) => panel(scenario, answers, gene));
}

function panel(scenario: Scenario, answers: Answers, gene: number): HTMLElement {
  const name = scenario.network.name(gene);
  const shown = scenario.letters.filter((letter) => answers[letter]?.curve(gene));
  const traces = shown.flatMap((letter) => tracesOf(letter, answers[letter] as Answer, gene));
  const span = windowOf(scenario);
  const chart = drawChart({
    label: `${name}: ${inWords(scenario, answers, gene)}`,
    x: "time",
    y: "level",
    traces: [...wildType(answers, gene), ...traces],
    width: 300,
    height: 190,
    ...(span ? { span } : {}),
  });
  return el("div", { class: "live-panel", "data-gene": name }, el("h4", {}, name), chart);
}

/** The wild type is the same in both answers. */
function wildType(answers: Answers, gene: number): Trace[] {
  const one = answers.A?.curve(gene) ? answers.A : answers.B;
  const curve = one?.curve(gene);
  return one && curve ? [{ name: "", look: "line", colour: "muted", times: one.reply.times, values: curve.wild }] : [];
}

function tracesOf(letter: Letter, answer: Answer, gene: number): Trace[] {
  const curve = answer.curve(gene) as Curve;
  const { times } = answer.reply;
  const { colour, look } = LOOK[letter];
  const band: Trace[] = curve.high.length > 0 ? [{ name: "", look: "band", colour, times, values: curve.high, lows: curve.low }] : [];
  return [...band, { name: "", look, colour, times, values: curve.perturbed }];
}

/** The window that is set off: that of the first gene that has one. */
function windowOf(scenario: Scenario): [number, number] | undefined {
  const steps = scenario.letters.flatMap((letter) => scenario.steps[letter]);
  const windowed = steps.find((step) => step.windowed);
  return windowed ? [windowed.from, windowed.to] : undefined;
}

/** For those who do not see the picture. */
function inWords(scenario: Scenario, answers: Answers, gene: number): string {
  return scenario.letters
    .map((letter) => {
      const answer = answers[letter];
      const end = `${short(answer?.of("wildEnd", gene))} without and ${short(answer?.of("perturbedEnd", gene))} with ${scenario.inWords(letter)}`;
      return `at the end ${end}`;
    })
    .join("; ");
}

/** What lines and bands mean. */
export function curveKey(scenario: Scenario, members: number): HTMLElement {
  const entry = (look: string, words: string) => el("span", {}, el("span", { class: `stroke ${look}`, "aria-hidden": "true" }), words);
  const band = members > 0 ? ` (band: the model and ${members} refits on half of the data)` : "";
  return el(
    "p",
    { class: "live-key small" },
    entry("wild", "wild type"),
    ...scenario.letters.map((letter) => entry(letter, scenario.comparing ? `${letter}: ${scenario.inWords(letter)}` : scenario.inWords(letter))),
    el("span", {}, band.trim()),
  );
}
