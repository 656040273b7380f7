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
import { saveView } from "./saveview";
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
  document.documentElement.classList.toggle("doubtful", network.doubtful);

  const canvas = el("div", {
    class: "canvas",
    tabindex: "0",
    role: "application",
    "aria-roledescription": "network",
    "aria-label": `Network of ${count(network.genes, "gene")}. Arrow keys go from gene to gene, Enter opens one.`,
  });
  const details = panel(network, state, announce, () => canvas.focus());
  const stage = el("div", { class: "stage" }, canvas, saveView(network, () => graph, announce), zoomButtons(() => graph));
  const explorer = place("explorer");
  const graph = takeOver(
    explorer,
    [controls(network, state, announce), el("div", { class: "workbench" }, stage, details.element)],
    () => new Graph(network, state, canvas),
  );
  listenToKeys(graph, network, state, announce, details.focus);

  const open = (selection: Selection) => {
    state.select(selection);
    explorer.scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" });
    details.focus();
  };
  // the static tables are there until the network is drawn
  graph.drawn(() => {
    place("edge-table").replaceChildren(edgeTable(network, state, announce, open));
    place("gene-table").replaceChildren(geneTable(network, announce, open));
    document.documentElement.classList.add("settled");
  });
  place("theme").replaceChildren(themeButton(() => graph.restyle()));

  const app = { network, state, graph, announce };
  if (payload.explore !== undefined) {
    const live = place("live-model");
    live.hidden = false;
    mountExplore(app, live);
  }
  return app;
}

/**
 * Puts the parts in place of the static drawing, which goes to the other pictures. The graph can be
 * made only there, since its canvas has a size only where it is seen; where it cannot be made,
 * the static page comes back.
 */
function takeOver(explorer: HTMLElement, parts: HTMLElement[], make: () => Graph): Graph {
  const still = [...explorer.childNodes];
  const picture = explorer.querySelector("figure");
  const live = document.documentElement.classList;
  explorer.replaceChildren(...parts);
  live.add("live");
  try {
    const graph = make();
    if (picture) document.getElementById("picture-list")?.prepend(picture);
    return graph;
  } catch (error) {
    explorer.replaceChildren(...still);
    live.remove("live");
    throw error;
  }
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
