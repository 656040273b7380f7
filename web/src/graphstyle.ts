/** How genes and edges look: the theme's colours, arrows for activation, T-bars for repression. */

import type { StylesheetJson } from "cytoscape";

/** A colour of the page's theme. */
function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** The style sheet in the present theme. */
export function graphStyle(): StylesheetJson {
  const [text, ground, accent] = [colour("text"), colour("ground"), colour("accent")];
  return [
    {
      selector: "node",
      style: {
        width: "data(size)",
        height: "data(size)",
        "background-color": colour("node"),
        "border-width": 1.5,
        "border-color": colour("node-line"),
        label: "data(label)",
        color: text,
        "font-size": 12,
        "font-family": "system-ui, sans-serif",
        "text-valign": "bottom",
        "text-margin-y": 3,
        "text-outline-color": ground,
        "text-outline-width": 2,
        "min-zoomed-font-size": 7,
      },
    },
    {
      selector: "edge",
      style: {
        width: "data(width)",
        "curve-style": "bezier",
        "control-point-step-size": 26,
        "arrow-scale": 0.9,
        "line-color": colour("unknown"),
        "target-arrow-color": colour("unknown"),
        "target-arrow-shape": "circle",
        opacity: 0.85,
      },
    },
    arrow("+", colour("activation"), "triangle"),
    arrow("-", colour("repression"), "tee"),
    { selector: ".far", style: { opacity: 0.13 } },
    { selector: "node.near", style: { "border-color": accent } },
    { selector: "edge.near", style: { opacity: 1 } },
    {
      selector: "node.chosen",
      style: { "border-color": accent, "border-width": 4, "font-weight": "bold", "z-index": 10 },
    },
    {
      selector: "edge.chosen",
      style: { opacity: 1, "underlay-color": accent, "underlay-opacity": 0.35, "underlay-padding": 5, "z-index": 10 },
    },
    { selector: "node.focus", style: { "overlay-color": accent, "overlay-opacity": 0.25, "overlay-padding": 6 } },
    { selector: "node[tint]", style: { "background-color": "data(tint)" } },
  ];
}

function arrow(sign: string, colour: string, shape: "triangle" | "tee"): StylesheetJson[number] {
  return {
    selector: `edge[sign = "${sign}"]`,
    style: { "line-color": colour, "target-arrow-color": colour, "target-arrow-shape": shape },
  };
}
