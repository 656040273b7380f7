/** How genes and edges look: the theme's colours, arrows for activation, T-bars for repression. */

import type { StylesheetJson } from "cytoscape";

const FONT = "system-ui, sans-serif";
let pencil: CanvasRenderingContext2D | null = null;

/** Width and height of the box around a name, in pixels at zoom 1. */
export function boxOf(label: string, size: number): { width: number; height: number } {
  pencil ??= document.createElement("canvas").getContext("2d");
  if (pencil) pencil.font = `${size}px ${FONT}`;
  const text = pencil?.measureText(label).width ?? label.length * size * 0.6;
  return { width: Math.max(text + 12, 2 * size), height: size + 10 };
}

/** A colour of the page's theme. */
function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** The style sheet in the present theme; those of a doubtful network are grey. */
export function graphStyle(doubtful: boolean): StylesheetJson {
  const [text, accent] = [colour("text"), colour("accent")];
  return [
    {
      selector: "core",
      // what is seen beside the picture that is moved in the place of a large graph; the rest as it usually is
      style: {
        "outside-texture-bg-color": colour("ground"),
        "outside-texture-bg-opacity": 1,
        "active-bg-color": accent,
        "active-bg-opacity": 0.15,
        "active-bg-size": 20,
        "selection-box-color": accent,
        "selection-box-border-color": accent,
        "selection-box-border-width": 0,
        "selection-box-opacity": 0,
      },
    },
    {
      selector: "node",
      style: {
        shape: "round-rectangle",
        width: "data(width)",
        height: "data(height)",
        "background-color": colour("node"),
        "border-width": 1.5,
        "border-color": colour("node-line"),
        label: "data(label)",
        color: text,
        "font-size": "data(size)",
        "font-family": FONT,
        "text-valign": "center",
        "text-halign": "center",
        "min-zoomed-font-size": 6,
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
    arrow("+", colour(doubtful ? "unknown" : "activation"), "triangle"),
    arrow("-", colour(doubtful ? "unknown" : "repression"), "tee"),
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
