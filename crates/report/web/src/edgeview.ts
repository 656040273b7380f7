/** An edge: everything that is known about it, in words. */

import { el } from "./dom";
import type { Network } from "./network";
import type { Num } from "./payload";
import type { State } from "./state";
import { ARROW, KIND, MARK, VERB, fixed, percent, short, thousands } from "./words";

/** Groups that are listed, those in which the edge does most. */
const LISTED = 12;

export function edgeView(network: Network, state: State, edge: number): HTMLElement[] {
  const [source, target, sign] = [network.source(edge), network.target(edge), network.sign(edge)];
  const open = (gene: number) => {
    const button = el("button", { type: "button", class: "link" }, network.name(gene));
    button.addEventListener("click", () => state.select({ kind: "gene", at: gene }));
    return button;
  };
  const arrow = el("span", { class: `sign ${MARK[sign]}`, role: "img", "aria-label": VERB[sign] }, ` ${ARROW[sign]} `);
  return [
    el("h3", { tabindex: "-1" }, el("span", { class: "eyebrow" }, `Edge, ${KIND[sign]}`), open(source), arrow, open(target)),
    el("p", {}, inWords(network, edge)),
    el("dl", { class: "facts evidence" }, ...facts(network, edge)),
    ...groups(network, edge),
  ];
}

/** What one would say about the edge in a sentence or two. */
function inWords(network: Network, edge: number): string {
  const { edges, ranked } = network.data;
  const [source, target] = [network.name(network.source(edge)), network.name(network.target(edge))];
  const wrong = edges.expectedFalse[edge] ?? 0;
  const caveat =
    edge === 0
      ? `The probability that it is false is about ${percent(wrong)}.`
      : `Among the top ${edge + 1} edges, down to this one, the expected number of false edges is ${fixed(wrong, 1)}.`;
  const doubt = network.doubtful ? "A hypothesis, not a finding: " : "";
  return `${doubt}${source} ${VERB[network.sign(edge)]} ${target}, rank ${edge + 1} of ${thousands(ranked)}. ${caveat}`;
}

interface Fact {
  term: string;
  value: string;
  /** Length of a bar from 0 to 1. */
  share?: number | null | undefined;
  note: string;
}

function facts(network: Network, edge: number): HTMLElement[] {
  const { edges, interventions } = network.data;
  const influence = edges.influence[edge] ?? 0;
  const all: Fact[] = [
    {
      term: "Selected",
      value: percent(edges.frequency[edge]),
      share: edges.frequency[edge],
      note: "of the half-samples and penalties selected this regulator",
    },
    {
      term: "Sign agreement",
      value: percent(edges.signAgreement[edge]),
      share: edges.signAgreement[edge],
      note: "of the half-samples that selected it agree with its sign",
    },
    { term: "Evidence", value: fixed(edges.evidence[edge], 3), share: edges.evidence[edge], note: "relative to the top edge; edges are ranked by it" },
    { term: "from time courses", value: fixed(edges.dynamic[edge], 3), share: edges.dynamic[edge], note: "relative to the largest" },
  ];
  if (interventions) {
    const [value, share] = [fixed(edges.interventional[edge], 3), edges.interventional[edge]];
    all.push({ term: "from interventions", value, share, note: "responses to interventions, relative to the largest; 0 if the regulator was never changed" });
  }
  all.push(
    { term: "Weight", value: short(edges.weight[edge]), note: weightNote(edges.weight[edge]) },
    { term: "Influence", value: short(influence), note: influence === 0 ? "the fitted model does not have this edge" : "the same slope in the fitted model, averaged over the observed states" },
    { term: "Expected false", value: fixed(edges.expectedFalse[edge], 2), note: "number of false edges down to this rank" },
  );
  return all.flatMap(({ term, value, share, note }) => [
    el("dt", {}, term),
    el("dd", {}, el("b", {}, value), share === undefined || share === null ? null : bar(share), el("span", { class: "note" }, note)),
  ]);
}

function weightNote(weight: Num | undefined): string {
  return weight === null
    ? "not given: the slope over time has the other sign than all evidence, interventions included, says"
    : "change of the target per unit of time, for each unit of the regulator, on the model's scale; mean over half-samples";
}

function bar(share: number): HTMLElement {
  const inner = el("span", {});
  inner.style.width = `${100 * Math.max(0, Math.min(1, share))}%`;
  return el("span", { class: "bar", "aria-hidden": "true" }, inner);
}

/** Where and when the edge acts: its effect in every series, lineage or condition. */
function groups(network: Network, edge: number): HTMLElement[] {
  const effects = network.effect(edge);
  if (!effects || effects.length < 2) return [];
  const rows = effects
    .map((effect, k) => ({ name: network.data.groups.names[k] ?? "", effect: effect ?? 0 }))
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  const largest = Math.abs(rows[0]?.effect ?? 0);
  const shown = rows.slice(0, LISTED);
  const left = rows.length - shown.length;
  const body = shown.map(({ name, effect }) => {
    const cell = el("td", { class: "diverging" }, el("span", { class: effect < 0 ? "repression" : "activation" }));
    const inner = cell.firstElementChild as HTMLElement;
    const half = largest > 0 ? (50 * Math.abs(effect)) / largest : 0;
    inner.style.width = `${half}%`;
    inner.style.left = `${effect < 0 ? 50 - half : 50}%`;
    return el("tr", {}, el("th", { scope: "row" }, name), cell, el("td", { class: "right" }, short(effect)));
  });
  return [
    el("h4", {}, "Effect by group"),
    el("p", { class: "small" }, "Variation of the target's rate of change through this edge in each series, lineage or condition, in the fitted model."),
    el("table", { class: "small-table" }, el("tbody", {}, ...body)),
    ...(left > 0 ? [el("p", { class: "small" }, `and ${left} more with smaller effects`)] : []),
  ];
}
