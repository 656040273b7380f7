/** Buttons that save what is seen of the network. */

import type { Announce } from "./announce";
import { asCx2 } from "./cx2";
import { el } from "./dom";
import type { Graph } from "./graph";
import { asPng, asSvg, picture } from "./marks";
import type { Network } from "./network";
import { saveBlob } from "./save";
import { count } from "./words";

/** A picture for a text or a talk, in two formats, and a file for Cytoscape. */
export function saveView(network: Network, graph: () => Graph, announce: Announce): HTMLElement {
  const title = () => `Network of ${count(graph().genes().length, "gene")}, ${count(graph().cy.edges().length, "edge")}`;
  const drawn = () => picture(graph(), title(), network.data.caution);
  const text = (contents: string, type: string) => Promise.resolve(new Blob([contents], { type }));
  const formats: [string, () => Promise<Blob>][] = [
    ["svg", () => text(asSvg(drawn()), "image/svg+xml")],
    ["png", () => asPng(drawn())],
    ["cx2", () => text(asCx2(network, graph()), "application/json")],
  ];
  const button = ([ending, make]: [string, () => Promise<Blob>]) => {
    const [name, file] = [`Save the view as ${ending.toUpperCase()}`, `network.${ending}`];
    const save = async () => {
      try {
        saveBlob(file, await make());
        announce(`saved as ${file}`);
      } catch (error) {
        announce(error instanceof Error ? error.message : String(error));
      }
    };
    return el("button", { type: "button", "aria-label": name, title: name, click: () => void save() }, ending.toUpperCase());
  };
  return el("div", { class: "save-view", role: "group", "aria-label": "Save the view" }, ...formats.map(button));
}
