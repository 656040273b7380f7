/** The network by keyboard: arrows go from gene to gene, Enter opens one, Escape closes it. */

import type { Announce } from "./announce";
import type { Graph } from "./graph";
import type { Network } from "./network";
import type { State } from "./state";
import { count } from "./words";

const ARROWS: Record<string, [number, number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};
/** Pixels that Shift and an arrow move the view by. */
const PAN = 60;

/** Listens to the keys of the network's container, and lets the wheel zoom only where it has the focus. */
export function listenToKeys(graph: Graph, network: Network, state: State, announce: Announce, opened: () => void): void {
  const { container, cy } = graph;
  let at: number | null = null;

  const say = (gene: number) => {
    const shown = (edges: readonly number[] | undefined) => {
      return (edges ?? []).filter((edge) => state.isShown(edge)).length;
    };
    const [into, out] = [shown(network.into[gene]), shown(network.outOf[gene])];
    announce(`${network.name(gene)}: ${count(into, "regulator")}, ${count(out, "target")} shown. Enter opens it.`);
  };
  const goTo = (gene: number) => {
    at = gene;
    graph.focus(gene);
    say(gene);
  };
  const step = (direction: [number, number]) => {
    const here = at === null ? undefined : graph.at(at);
    const next = at === null || !here ? first(graph, network) : nearest(graph, at, here, direction);
    if (next !== undefined) goTo(next);
  };

  const actions: Record<string, () => void> = {
    Enter: () => {
      if (at === null) return step([1, 0]);
      state.select({ kind: "gene", at });
      opened();
    },
    " ": () => actions["Enter"]?.(),
    Escape: () => state.select(null),
    Home: () => {
      const best = first(graph, network);
      if (best !== undefined) goTo(best);
    },
    "+": () => graph.zoomBy(1.25),
    "=": () => graph.zoomBy(1.25),
    "-": () => graph.zoomBy(0.8),
    "0": () => graph.fit(),
  };
  container.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow && event.shiftKey) graph.panBy(-PAN * arrow[0], -PAN * arrow[1]);
    else if (arrow) step(arrow);
    else if (actions[event.key]) actions[event.key]?.();
    else return;
    event.preventDefault();
  });
  container.addEventListener("blur", () => graph.focus(null));
  container.addEventListener("focus", () => {
    if (at !== null && graph.at(at)) graph.focus(at);
  });
  state.selectionChanged(() => {
    if (state.selection?.kind === "gene") at = state.selection.at;
  });

  // a wheel over the page scrolls the page; over the network only once it was chosen
  const wheel = () => cy.userZoomingEnabled(document.activeElement === container);
  container.addEventListener("focus", wheel);
  container.addEventListener("blur", wheel);
  container.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") cy.userZoomingEnabled(true);
  }, { capture: true });
  // not before: while the button goes down, Cytoscape takes the focus from whatever has it
  // a pointer needs no ring around what it points at
  const quietly = { preventScroll: true, focusVisible: false };
  container.addEventListener("click", () => container.focus(quietly));
  wheel();
}

/** The gene of the best edge that is shown. */
function first(graph: Graph, network: Network): number | undefined {
  const there = new Set(graph.genes());
  const best = network.data.edges.source.find((gene) => there.has(gene));
  return best ?? graph.genes()[0];
}

/** The nearest gene in a direction; those beside the way count as farther. */
function nearest(graph: Graph, from: number, here: { x: number; y: number }, [dx, dy]: [number, number]): number | undefined {
  let found: { gene: number; cost: number } | undefined;
  for (const gene of graph.genes()) {
    const place = graph.at(gene);
    if (gene === from || !place) continue;
    const [x, y] = [place.x - here.x, place.y - here.y];
    const [along, beside] = [x * dx + y * dy, Math.abs(x * dy) + Math.abs(y * dx)];
    const cost = along + 2 * beside;
    if (along > 1 && (!found || cost < found.cost)) found = { gene, cost };
  }
  return found?.gene;
}
