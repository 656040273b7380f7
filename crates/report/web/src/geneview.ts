/** A gene: how well it is predicted, its course, its regulators and its targets. */

import { drawChart, type Trace } from "./chart";
import { el, freshId } from "./dom";
import type { Network } from "./network";
import type { State } from "./state";
import { ARROW, MARK, VERB, count, fixed, percent, short } from "./words";

/** Edges that are listed at first. */
const LISTED = 12;

export function geneView(network: Network, state: State, gene: number): HTMLElement[] {
  const name = network.name(gene);
  return [
    el("h3", { tabindex: "-1" }, el("span", { class: "eyebrow" }, "Gene"), name),
    facts(network, gene),
    ...courses(network, gene),
    edgeList(network, state, "Regulators", network.into[gene] ?? [], "source"),
    edgeList(network, state, "Targets", network.outOf[gene] ?? [], "target"),
  ];
}

function facts(network: Network, gene: number): HTMLElement {
  const { rSquared, rSquaredLinear, decay, nonlinear, modelRegulators } = network.data.genes;
  const fact = (term: string, value: string, note: string) => [el("dt", {}, term), el("dd", {}, el("b", {}, value), ` ${note}`)];
  return el(
    "dl",
    { class: "facts" },
    ...fact("Held-out R²", fixed(rSquared[gene], 2), `one interval ahead (linear ${fixed(rSquaredLinear[gene], 2)})`),
    ...fact("Decay", short(decay[gene]), "per unit of time"),
    ...fact("Response", nonlinear[gene] ? "nonlinear" : "linear", nonlinear[gene] ? "the nonlinear part of the model predicted better" : "a linear model predicts as well"),
    ...fact("Model", count(modelRegulators[gene] ?? 0, "regulator"), "in the fitted equation"),
  );
}

/** Observed, fitted and forecast levels in one series, which can be chosen. */
function courses(network: Network, gene: number): HTMLElement[] {
  const at = network.curve(gene);
  const { series } = network.data.curves;
  const heading = el("h4", {}, "Course over time");
  if (at === undefined || series.length === 0) {
    const why = series.length === 0 ? "The run has no courses." : "The page is kept small: it has no course of this gene. `cistron plot` draws it.";
    return [heading, el("p", { class: "small" }, why)];
  }
  const holder = el("div", {});
  const draw = (which: number) => {
    const one = series[which];
    if (!one) return;
    const traces: Trace[] = [
      { name: "observed", look: "points", colour: "plain", times: one.times, values: one.observed[at] ?? [] },
      { name: "model", look: "line", colour: "c0", times: one.times, values: one.fitted[at] ?? [] },
    ];
    const forecast = one.forecast?.[at];
    if (forecast) {
      traces.push({ name: "forecast without this series", look: "dashed", colour: "c1", times: one.times, values: forecast });
    }
    const label = `${network.name(gene)} in ${one.name}: observed levels and those of the model over time`;
    holder.replaceChildren(drawChart({ label, x: "time", y: "level (units of the data)", traces }));
  };
  const id = freshId("series");
  const choice = el("select", { id }, ...series.map((one, k) => el("option", { value: k }, one.name || `series ${k + 1}`)));
  choice.addEventListener("change", () => draw(Number(choice.value)));
  draw(0);
  const picker = el("div", { class: "picker" }, el("label", { for: id }, "Series "), choice);
  return [heading, ...(series.length > 1 ? [picker] : []), holder];
}

/**
 * Regulators or targets that the network shows, best first; each opens the evidence of its edge. The
 * candidates that the filter leaves out are listed on request.
 */
function edgeList(network: Network, state: State, title: string, edges: readonly number[], end: "source" | "target"): HTMLElement {
  const shown = edges.filter((edge) => state.isShown(edge));
  const list = el("ul", { class: "edges" });
  const fill = (these: readonly number[]) => list.replaceChildren(...these.map((edge) => entry(network, state, edge, end)));
  const first = shown.slice(0, LISTED);
  fill(first);
  const more = el("button", { type: "button", class: "quiet" }, `Show all ${count(edges.length, "candidate")}`);
  more.addEventListener("click", () => {
    fill(edges);
    more.remove();
    none.remove();
    list.querySelectorAll("button")[first.length]?.focus();
  });
  const none = el("p", { class: "small" }, edges.length === 0 ? "none among the edges of this page" : "none among the edges shown");
  return el(
    "section",
    {},
    el("h4", {}, title, el("span", { class: "number" }, String(shown.length))),
    shown.length === 0 && none,
    list,
    edges.length > first.length && more,
  );
}

function entry(network: Network, state: State, edge: number, end: "source" | "target"): HTMLElement {
  const [source, target] = [network.source(edge), network.target(edge)];
  const [sign, other] = [network.sign(edge), end === "source" ? source : target];
  const frequency = network.data.edges.frequency[edge];
  const shown = state.isShown(edge);
  const unseen = (text: string) => el("span", { class: "unseen" }, text);
  const button = el(
    "button",
    { type: "button", class: `edge ${shown ? "" : "off"}` },
    el("span", { class: `sign ${MARK[sign]}`, "aria-hidden": "true" }, ARROW[sign]),
    el(
      "span",
      { class: "name" },
      end === "target" && unseen(`${network.name(source)} ${VERB[sign]} `),
      network.name(other),
      end === "source" && unseen(` ${VERB[sign]} ${network.name(target)}`),
    ),
    el("span", { class: "meta" }, `rank ${edge + 1} · ${percent(frequency)}`),
    unseen(shown ? "" : ", not shown in the network"),
  );
  button.addEventListener("click", () => state.select({ kind: "edge", at: edge }));
  return el("li", {}, button);
}
