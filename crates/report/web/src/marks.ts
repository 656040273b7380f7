/** What is seen of the network, as shapes: the same ones are written as SVG and painted as PNG. */

import type { EdgeSingular, NodeSingular } from "cytoscape";
import { svg } from "./dom";
import type { Graph } from "./graph";

/** A closed or open line in the language of SVG paths, or a text on its middle; pixels of the view. */
type Mark =
  | { d: string; stroke: string; width: number; fill: string; opacity: number }
  | { text: string; x: number; y: number; size: number; bold: boolean; colour: string; opacity: number; middle: boolean };

interface Point {
  x: number;
  y: number;
}

/** A picture: its size in pixels, its ground and what is on it. */
export interface Picture {
  wide: number;
  high: number;
  ground: string;
  title: string;
  marks: Mark[];
}

const FONT = "system-ui, sans-serif";
/** Height of a line of the sentence above the network, and letters on one for each pixel of width. */
const LINE = 18;
const LETTERS = 1 / 6.8;
/** Pixels of a PNG for one of the view. */
const SCALE = 2;

/** The present view; a sentence that goes with it is above the network. */
export function picture(graph: Graph, title: string, sentence: string | null): Picture {
  const { cy } = graph;
  const root = getComputedStyle(document.documentElement);
  const [ground, text] = ["--ground", "--text"].map((name) => root.getPropertyValue(name).trim());
  const words = lines(sentence ?? "", cy.width() * LETTERS);
  const above = words.length * LINE + (words.length > 0 ? 8 : 0);
  const at = (point: Point) => ({ x: point.x * cy.zoom() + cy.pan().x, y: point.y * cy.zoom() + cy.pan().y + above });
  const marks: Mark[] = [];
  cy.edges().forEach((edge) => void marks.push(...edgeMarks(edge, at, cy.zoom())));
  cy.nodes().forEach((node) => void marks.push(...nodeMarks(node, at, cy.zoom())));
  if (above > 0) marks.push({ d: `M0 0H${cy.width()}V${above}H0Z`, stroke: "none", width: 0, fill: ground ?? "", opacity: 1 });
  words.forEach((line, k) => {
    marks.push({ text: line, x: 8, y: (k + 0.5) * LINE + 4, size: 13, bold: true, colour: text ?? "", opacity: 1, middle: false });
  });
  return { wide: cy.width(), high: cy.height() + above, ground: ground ?? "", title, marks };
}

/** A sentence in lines of at most so many letters, if it has words that are not longer. */
function lines(sentence: string, letters: number): string[] {
  const all: string[] = [];
  for (const word of sentence.split(" ").filter((word) => word !== "")) {
    const last = all[all.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= letters) all[all.length - 1] = `${last} ${word}`;
    else all.push(word);
  }
  return all;
}

const digits = (x: number) => String(Math.round(100 * x) / 100);
const pair = ({ x, y }: Point) => `${digits(x)} ${digits(y)}`;

/** A curve through the control points that Cytoscape chose, and its head. */
function edgeMarks(edge: EdgeSingular, at: (point: Point) => Point, zoom: number): Mark[] {
  const [from, to] = [at(edge.sourceEndpoint()), at(edge.targetEndpoint())];
  const controls = (edge.controlPoints() ?? []).map(at);
  const ends = controls.map((point, k) => {
    const next = controls[k + 1];
    return next ? { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 } : to;
  });
  const curve = controls.length === 0 ? `L${pair(to)}` : controls.map((point, k) => `Q${pair(point)} ${pair(ends[k] ?? to)}`).join("");
  const [stroke, opacity] = [edge.style("line-color") as string, Number(edge.style("opacity"))];
  const wide = edge.numericStyle("width");
  const line: Mark = { d: `M${pair(from)}${curve}`, stroke, width: wide * zoom, fill: "none", opacity };
  const head = headOf(edge.style("target-arrow-shape") as string, to, controls[controls.length - 1] ?? from, headSize(wide) * zoom);
  return [line, { d: head, stroke: "none", width: 0, fill: stroke, opacity }];
}

/** The size of a head in Cytoscape, for a line so wide. */
function headSize(wide: number): number {
  return 0.9 * Math.max((wide * 13.37) ** 0.9, 29);
}

/** A triangle, a bar or a disc whose tip is at `tip`, seen from `from`. */
function headOf(shape: string, tip: Point, from: Point, size: number): string {
  const length = Math.hypot(tip.x - from.x, tip.y - from.y) || 1;
  const [dx, dy] = [(tip.x - from.x) / length, (tip.y - from.y) / length];
  const place = (back: number, side: number) => pair({ x: tip.x - back * size * dx - side * size * dy, y: tip.y - back * size * dy + side * size * dx });
  if (shape === "triangle") return `M${place(0, 0)}L${place(0.3, 0.15)}L${place(0.3, -0.15)}Z`;
  if (shape === "tee") return `M${place(0, 0.15)}L${place(0.1, 0.15)}L${place(0.1, -0.15)}L${place(0, -0.15)}Z`;
  const r = digits(0.15 * size);
  return `M${place(0, 0)}A${r} ${r} 0 1 0 ${place(0.3, 0)}A${r} ${r} 0 1 0 ${place(0, 0)}Z`;
}

function nodeMarks(node: NodeSingular, at: (point: Point) => Point, zoom: number): Mark[] {
  const { x, y } = at(node.position());
  const [wide, high] = [node.width() * zoom, node.height() * zoom];
  const [left, top, right, bottom, r] = [x - wide / 2, y - high / 2, x + wide / 2, y + high / 2, Math.min(wide, high) / 4];
  const corner = (to: Point) => `A${digits(r)} ${digits(r)} 0 0 1 ${pair(to)}`;
  const d =
    `M${pair({ x: left + r, y: top })}H${digits(right - r)}${corner({ x: right, y: top + r })}V${digits(bottom - r)}${corner({ x: right - r, y: bottom })}` +
    `H${digits(left + r)}${corner({ x: left, y: bottom - r })}V${digits(top + r)}${corner({ x: left + r, y: top })}Z`;
  const opacity = Number(node.style("opacity"));
  const [fill, stroke] = [node.style("background-color") as string, node.style("border-color") as string];
  const size = node.numericStyle("font-size") * zoom;
  const bold = node.style("font-weight") === "bold";
  return [
    { d, stroke, width: node.numericStyle("border-width") * zoom, fill, opacity },
    { text: node.data("label") as string, x, y, size, bold, colour: node.style("color") as string, opacity, middle: true },
  ];
}

/** The picture as an SVG file; names are texts in it. */
export function asSvg({ wide, high, ground, title, marks }: Picture): string {
  const drawn = marks.map((mark) =>
    "d" in mark
      ? svg("path", { d: mark.d, fill: mark.fill, stroke: mark.stroke, "stroke-width": digits(mark.width), opacity: mark.opacity })
      : svg(
          "text",
          {
            x: digits(mark.x), y: digits(mark.y), "font-size": digits(mark.size), "font-weight": mark.bold ? "bold" : "normal", fill: mark.colour,
            opacity: mark.opacity, "text-anchor": mark.middle ? "middle" : "start", "dominant-baseline": "central",
          },
          mark.text,
        ),
  );
  const root = svg(
    "svg",
    { width: wide, height: high, viewBox: `0 0 ${wide} ${high}`, "font-family": FONT, role: "img" },
    svg("title", {}, title),
    svg("rect", { width: wide, height: high, fill: ground }),
    ...drawn,
  );
  return `${new XMLSerializer().serializeToString(root)}\n`;
}

/** The picture as a PNG file, at twice its size. */
export function asPng({ wide, high, ground, marks }: Picture): Promise<Blob> {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(SCALE * wide), Math.round(SCALE * high)];
  const pen = canvas.getContext("2d");
  if (!pen) return Promise.reject(new Error("this browser paints no PNG"));
  pen.scale(SCALE, SCALE);
  pen.fillStyle = ground;
  pen.fillRect(0, 0, wide, high);
  pen.textBaseline = "middle";
  for (const mark of marks) {
    pen.globalAlpha = mark.opacity;
    if ("d" in mark) paint(pen, mark);
    else {
      pen.font = `${mark.bold ? "bold " : ""}${mark.size}px ${FONT}`;
      pen.textAlign = mark.middle ? "center" : "left";
      pen.fillStyle = mark.colour;
      pen.fillText(mark.text, mark.x, mark.y);
    }
  }
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("the picture is too large"))), "image/png"));
}

function paint(pen: CanvasRenderingContext2D, mark: Extract<Mark, { d: string }>): void {
  const path = new Path2D(mark.d);
  if (mark.fill !== "none") {
    pen.fillStyle = mark.fill;
    pen.fill(path);
  }
  if (mark.stroke !== "none") {
    [pen.strokeStyle, pen.lineWidth] = [mark.stroke, mark.width];
    pen.stroke(path);
  }
}
