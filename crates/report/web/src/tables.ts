/** The table of edges and the table of genes. */

import type { Announce } from "./announce";
import { el } from "./dom";
import type { Network } from "./network";
import type { Num } from "./payload";
import type { Selection, State } from "./state";
import { Table, type Column } from "./table";
import { ARROW, MARK, VERB, fixed, percent, short } from "./words";

type Show = (x: Num | undefined) => string;

/** A column of numbers. */
function numbers(key: string, title: string, help: string, values: readonly Num[], show: Show): Column {
  return { key, title, help, number: true, value: (row) => values[row] ?? null, cell: (row) => show(values[row]) };
}

const decimals = (n: number): Show => (x) => fixed(x, n);

/** Opens the details of a row, and goes there. */
export type Open = (selection: Selection) => void;

/** All edges of the page, or those that the network shows. */
export function edgeTable(network: Network, state: State, announce: Announce, open: Open): HTMLElement {
  const { edges, interventions } = network.data;
  const name = (row: number) => `${network.name(network.source(row))} ${network.name(network.target(row))}`;
  const button = (row: number) => {
    const [source, target, sign] = [network.name(network.source(row)), network.name(network.target(row)), network.sign(row)];
    const label = `${source} ${VERB[sign]} ${target}: open the evidence`;
    const one = el("button", { type: "button", class: "link", "aria-label": label }, source);
    one.addEventListener("click", () => open({ kind: "edge", at: row }));
    return one;
  };
  const sign = (row: number) => {
    const sign = network.sign(row);
    return el("span", { class: `sign ${MARK[sign]}`, title: VERB[sign] }, ARROW[sign]);
  };
  const columns: Column[] = [
    { key: "rank", title: "Rank", help: "1 is the best", number: true, smallFirst: true, value: (row) => row + 1 },
    { key: "source", title: "Regulator", help: "Gene that acts", value: (row) => network.name(network.source(row)), cell: button },
    { key: "sign", title: "Sign", help: "Activation or repression", value: (row) => network.sign(row), cell: sign },
    { key: "target", title: "Target", help: "Gene that is acted on", value: (row) => network.name(network.target(row)) },
    numbers("evidence", "Evidence", "Relative to the top edge", edges.evidence, decimals(3)),
    numbers("frequency", "Selected", "Share of half-samples and penalties that selected it", edges.frequency, percent),
    numbers("expected_false", "Expected false", "Edges expected to be false down to this rank", edges.expectedFalse, decimals(1)),
    numbers("sign_agreement", "Sign agrees", "Share of half-samples that agree with the sign", edges.signAgreement, percent),
    numbers("weight", "Weight", "Change of the target per unit of time, for each unit of the regulator", edges.weight, short),
    numbers("influence", "Influence", "The same slope in the fitted model; 0 if the model does not have the edge", edges.influence, short),
    numbers("dynamic", "Time courses", "Evidence of the time courses alone", edges.dynamic, decimals(3)),
    ...(interventions
      ? [numbers("interventional", "Interventions", "Evidence of the responses to interventions alone", edges.interventional, decimals(3))]
      : []),
  ];
  const all = edges.source.map((_, row) => row);
  const only = el("input", { type: "checkbox", name: "only-shown" });
  const table = new Table({
    caption: "Table of edges by rank",
    file: "edges.tsv",
    noun: "edge",
    columns,
    rows: () => (only.checked ? state.shown : all),
    text: name,
    announce,
  });
  only.addEventListener("change", () => table.refresh(true));
  state.filterChanged(() => only.checked && table.refresh(false));
  return el("div", {}, el("label", { class: "only" }, only, " only edges that the network shows"), table.element);
}

/** All genes. */
export function geneTable(network: Network, announce: Announce, open: Open): HTMLElement {
  const { genes } = network.data;
  const button = (row: number) => {
    const one = el("button", { type: "button", class: "link" }, network.name(row));
    one.addEventListener("click", () => open({ kind: "gene", at: row }));
    return one;
  };
  const columns: Column[] = [
    { key: "gene", title: "Gene", help: "Its name", value: (row) => network.name(row), cell: button },
    numbers("out_degree", "Targets", "Edges out of it, among those that stand out", genes.outDegree, decimals(0)),
    numbers("in_degree", "Regulators", "Edges into it, among those that stand out", genes.inDegree, decimals(0)),
    numbers("r_squared", "Held-out R²", "How well its changes are predicted on held-out data", genes.rSquared, decimals(2)),
    numbers("r_squared_linear", "linear", "The same for a linear model", genes.rSquaredLinear, decimals(2)),
    numbers("decay", "Decay", "Per unit of time", genes.decay, short),
    numbers("model_regulators", "In the model", "Regulators in its fitted equation", genes.modelRegulators, decimals(0)),
    { key: "nonlinear", title: "Response", help: "Whether the nonlinear part of the model predicted better", value: (row) => String(genes.nonlinear[row] ?? false), cell: (row) => (genes.nonlinear[row] ? "nonlinear" : "linear") },
  ];
  const all = genes.name.map((_, row) => row);
  const text = (row: number) => network.name(row);
  return new Table({ caption: "Table of genes", file: "nodes.tsv", noun: "gene", columns, rows: () => all, text, announce, sort: { column: 1, down: true } }).element;
}
