/** The network in the colours of the predicted change. */

import { el, freshId } from "../dom";
import type { Graph } from "../graph";
import type { Num } from "../payload";
import { fixed, short } from "../words";
import { difference, type Answers } from "./answers";
import type { Scenario } from "./scenario";

/** Shares of the scale below which a gene keeps its colour. */
const NOTHING = 0.02;
/** Ends of the scale of fold changes, as logarithms to the base of 2. */
const LEAST = 0.25;
const MOST = 2;

type What = "A" | "B" | "difference" | "off";

export interface Tint {
  element: HTMLElement;
  refresh: () => void;
}

/** The choice of what the network shows, its key, and the colours themselves. */
export function tint(scenario: Scenario, graph: Graph, answers: Answers): Tint {
  const id = freshId("tint");
  const choice = el("select", { id });
  const key = el("span", { class: "tint-key" });
  let what: What = "A";
  const offer = () => {
    const all: [What, string][] = scenario.comparing
      ? [["A", "the change under A"], ["B", "the change under B"], ["difference", "the difference, B − A"], ["off", "nothing"]]
      : [["A", "the predicted change"], ["off", "nothing"]];
    if (!all.some(([value]) => value === what)) what = "A";
    choice.replaceChildren(...all.map(([value, words]) => el("option", { value, selected: value === what }, words)));
  };
  const paint = () => {
    const found = what === "off" || scenario.idle ? null : valuesOf(answers, what);
    if (!found) {
      graph.tint(null);
      key.replaceChildren();
      return;
    }
    graph.tint(colours(found));
    key.replaceChildren(
      el("span", {}, found.folds ? fixed(-found.end, 2) : short(-found.end)),
      el("span", { class: "ramp", "aria-hidden": "true" }),
      el("span", {}, found.folds ? `+${fixed(found.end, 2)}` : `+${short(found.end)}`),
      el("span", { class: "small" }, found.folds ? "log₂ fold change: purple is less, green is more" : "change: purple is less, green is more"),
    );
  };
  choice.addEventListener("change", () => {
    what = choice.value as What;
    paint();
  });
  whenThemeChanges(paint);
  offer();
  const element = el("div", { class: "tint" }, el("label", { for: id }, "Colour the network by"), choice, key);
  const refresh = () => {
    offer();
    paint();
  };
  return { element, refresh };
}

interface Values {
  values: Map<number, number>;
  /** Where the scale ends. */
  end: number;
  /** Whether they are fold changes. */
  folds: boolean;
}

/** Fold changes, or differences where there are none: of levels below 0 there is no ratio. */
function valuesOf(answers: Answers, what: "A" | "B" | "difference"): Values | null {
  const answer = what === "B" ? answers.B : answers.A;
  if (!answer || (what === "difference" && !answers.B)) return null;
  const genes = answer.effects.gene;
  const collect = (of: (gene: number) => Num) => {
    const values = new Map<number, number>();
    for (const gene of genes) {
      const value = of(gene);
      if (value !== null) values.set(gene, value);
    }
    return values;
  };
  if (what === "difference") {
    const values = collect((gene) => difference(answers, gene));
    return { values, end: largest(values, () => true) || 1, folds: false };
  }
  const others = (gene: number) => answer.effects.kind[answer.place(gene)] !== "perturbed";
  const folds = collect((gene) => answer.of("fold", gene));
  if (folds.size > 0) return { values: folds, end: Math.min(MOST, Math.max(LEAST, largest(folds, others))), folds: true };
  const changes = collect((gene) => answer.of("change", gene));
  return { values: changes, end: largest(changes, others) || 1, folds: false };
}

function largest(values: ReadonlyMap<number, number>, counts: (gene: number) => boolean): number {
  let most = 0;
  for (const [gene, value] of values) if (counts(gene)) most = Math.max(most, Math.abs(value));
  return most;
}

function colours({ values, end }: Values): Map<number, string> {
  // more is green, less is purple: told apart with any colour vision, and not the colours of the edges
  const [neutral, more, less] = [themed("node"), themed("more"), themed("less")];
  const found = new Map<number, string>();
  for (const [gene, value] of values) {
    const share = Math.max(-1, Math.min(1, value / end));
    if (Math.abs(share) < NOTHING) continue;
    const to = share > 0 ? more : less;
    // small changes are seen too
    const part = 0.15 + 0.85 * Math.abs(share);
    const mixed = neutral.map((from, k) => Math.round(from + part * ((to[k] ?? 0) - from)));
    found.set(gene, `rgb(${mixed.join(",")})`);
  }
  return found;
}

/** A colour of the theme, `#rrggbb`, as numbers. */
function themed(name: string): number[] {
  const colour = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) || 0);
}

function whenThemeChanges(run: () => void): void {
  new MutationObserver(run).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", run);
}
