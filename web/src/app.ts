/** The parts of the page, put together. */

import { announcer, type Announce } from "./announce";
import { controls } from "./controls";
import { el, place } from "./dom";
import { mountExplore } from "./explore";
import { Graph } from "./graph";
import { listenToKeys } from "./keys";
import { Network } from "./network";
import { panel } from "./panel";
import type { Payload } from "./payload";
import { State, type Selection } from "./state";
import { edgeTable, geneTable } from "./tables";
import { themeButton } from "./theme";
import { count } from "./words";

/** What parts such as the live model work with. */
export interface App {
  network: Network;
  state: State;
  graph: Graph;
  announce: Announce;
}

/** Builds the interactive page over the static one. */
export function start(payload: Payload): App {
  const network = new Network(payload);
  const state = new State(network);
  const announce = announcer(document.body);

  const canvas = el("div", {
    class: "canvas",
    tabindex: "0",
    role: "application",
    "aria-roledescription": "network",
    "aria-label": `Network of ${count(network.genes, "gene")}. Arrow keys go from gene to gene, Enter opens one.`,
  });
  const details = panel(network, state, announce, () => canvas.focus());
  const stage = el("div", { class: "stage" }, canvas, zoomButtons(() => graph));
  const explorer = place("explorer");
  keepPicture(explorer);
  explorer.replaceChildren(controls(network, state, announce), el("div", { class: "workbench" }, stage, details.element));
  // from here on the static page gives way: the canvas has a size only when it is seen
  document.documentElement.classList.add("live");
  const graph = new Graph(network, state, canvas);
  listenToKeys(graph, network, state, announce, details.focus);

  const open = (selection: Selection) => {
    state.select(selection);
    explorer.scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" });
    details.focus();
  };
  place("edge-table").replaceChildren(edgeTable(network, state, announce, open));
  place("gene-table").replaceChildren(geneTable(network, announce, open));
  place("theme").replaceChildren(themeButton(() => graph.restyle()));

  const app = { network, state, graph, announce };
  if (payload.explore !== undefined) {
    const live = place("live-model");
    live.hidden = false;
    mountExplore(app, live);
  }
  return app;
}

/** The static drawing of the network goes to the other pictures. */
function keepPicture(explorer: HTMLElement): void {
  const picture = explorer.querySelector("figure");
  if (picture) document.getElementById("picture-list")?.prepend(picture);
}

function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function zoomButtons(graph: () => Graph): HTMLElement {
  const button = (label: string, name: string, act: () => void) => {
    return el("button", { type: "button", "aria-label": name, title: name, click: act }, label);
  };
  return el(
    "div",
    { class: "zoom" },
    button("+", "Zoom in", () => graph().zoomBy(1.25)),
    button("−", "Zoom out", () => graph().zoomBy(0.8)),
    button("Fit", "Fit the whole network", () => graph().fit()),
  );
}
