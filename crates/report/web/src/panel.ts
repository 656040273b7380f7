/** The panel beside the network: the gene or the edge that is selected. */

import type { Announce } from "./announce";
import { el } from "./dom";
import { edgeView } from "./edgeview";
import { geneView } from "./geneview";
import type { Network } from "./network";
import type { State } from "./state";
import { ARROW, count, thousands } from "./words";

export interface Panel {
  element: HTMLElement;
  /** Moves the keyboard to the panel's heading. */
  focus: () => void;
}

/** Shows the selection; Escape, or the button, closes it and goes back to `home`. */
export function panel(network: Network, state: State, announce: Announce, home: () => void): Panel {
  const body = el("div", { class: "panel-body" });
  const element = el("aside", { class: "panel", "aria-label": "Details" }, body);
  const heading = () => body.querySelector<HTMLElement>("h3");
  const show = () => {
    const { selection } = state;
    element.classList.toggle("empty", selection === null);
    if (!selection) {
      body.replaceChildren(...hint(network));
      return;
    }
    const view = selection.kind === "gene" ? geneView(network, state, selection.at) : edgeView(network, state, selection.at);
    const close = el("button", { type: "button", class: "quiet close", "aria-label": "Close the details" }, "×");
    close.addEventListener("click", () => (state.select(null), home()));
    body.replaceChildren(close, ...view);
    announce(selection.kind === "gene" ? `Details of ${network.name(selection.at)}` : nameOf(network, selection.at));
  };
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !state.selection) return;
    state.select(null);
    home();
  });
  state.selectionChanged(() => {
    const inside = element.contains(document.activeElement);
    element.scrollTop = 0;
    show();
    // the button that was pressed is gone: its place is the new heading
    if (inside && state.selection) heading()?.focus();
  });
  state.filterChanged(() => {
    if (state.selection?.kind === "gene" && !element.contains(document.activeElement)) show();
  });
  show();
  return { element, focus: () => heading()?.focus() };
}

function nameOf(network: Network, edge: number): string {
  return `Evidence of the edge from ${network.name(network.source(edge))} to ${network.name(network.target(edge))}`;
}

function hint(network: Network): HTMLElement[] {
  const mark = (look: string) => el("span", { class: `mark ${look}`, "aria-hidden": "true" });
  return [
    el("h3", { tabindex: "-1" }, "Details"),
    el("p", {}, "Choose a gene to see its regulators, its targets and its course over time, or an edge to see its evidence."),
    el(
      "ul",
      { class: "legend" },
      el("li", {}, mark("activation"), `${ARROW["+"]} activation: more of the regulator, more of the target`),
      el("li", {}, mark("repression"), `${ARROW["-"]} repression: more of the regulator, less of the target`),
      el("li", {}, mark("unknown"), "sign unknown"),
      el("li", {}, "wider lines: more evidence; larger names: more targets"),
    ),
    el("p", { class: "small" }, `The page has the top ${count(network.edges, "edge")} of ${thousands(network.data.ranked)} ranked.`),
    el(
      "p",
      { class: "small" },
      "By keyboard: the arrows go from gene to gene, Enter opens one, Escape closes it; + and − zoom, 0 shows all, Shift with an arrow moves the view. A click into the network lets the wheel zoom.",
    ),
  ];
}
