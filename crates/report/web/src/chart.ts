/**
 * Courses over time as a small SVG: points, lines, dashed lines and bands.
 *
 * Colours are classes (`c0` … `c7`, `muted`), so that a chart follows the theme without being drawn again.
 */

import { axis, scale, type Axis } from "./axis";
import { el, freshId, svg } from "./dom";
import type { Num } from "./payload";
import { fixed, short } from "./words";

export interface Trace {
  /** As the key names it. */
  name: string;
  look: "points" | "line" | "dashed" | "band";
  /** Colour: `c0` … `c7` or `muted`. */
  colour: string;
  times: readonly Num[];
  values: readonly Num[];
  /** Lower edge of a band; `values` are the upper one. */
  lows?: readonly Num[];
}

export interface Chart {
  /** For people who do not see it. */
  label: string;
  x: string;
  y: string;
  traces: Trace[];
  /** A span of time that is set off, such as that of an intervention. */
  span?: [number, number];
  width?: number;
  height?: number;
}

const ROOM = { left: 52, right: 16, top: 10, bottom: 38 };

/** Draws a chart with its key; it scales with the width that it is given. */
export function drawChart(chart: Chart): HTMLElement {
  const [width, height] = [chart.width ?? 380, chart.height ?? 220];
  const all = finite(chart.traces.flatMap((t) => [...t.values, ...(t.lows ?? [])]));
  const times = finite(chart.traces.flatMap((t) => [...t.times]));
  const [x, y] = [axis(times, 5), padded(axis(all, 4))];
  const toX = scale(x, ROOM.left, width - ROOM.right);
  const toY = scale(y, height - ROOM.bottom, ROOM.top);
  const title = freshId("chart");
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, class: "chart", role: "img", "aria-labelledby": title },
    svg("title", { id: title }, chart.label),
  );
  if (chart.span) {
    const [from, to] = chart.span.map((t) => toX(Math.min(Math.max(t, x.low), x.high)));
    const wide = Math.max(0, (to ?? 0) - (from ?? 0));
    const tall = height - ROOM.bottom - ROOM.top;
    picture.append(svg("rect", { class: "span", x: from ?? 0, y: ROOM.top, width: wide, height: tall }));
  }
  drawAxes(picture, chart, { x, y, toX, toY, width, height });
  for (const trace of chart.traces) picture.append(...drawTrace(trace, toX, toY));
  if (all.length === 0) {
    const middle = { x: width / 2, y: height / 2, "text-anchor": "middle", class: "tick" };
    picture.append(svg("text", middle, "no values"));
  }
  return el("figure", { class: "chart-figure" }, picture, drawKey(chart.traces));
}

interface Frame {
  x: Axis;
  y: Axis;
  toX: (x: number) => number;
  toY: (y: number) => number;
  width: number;
  height: number;
}

function drawAxes(into: SVGElement, chart: Chart, frame: Frame): void {
  const { x, y, toX, toY, width, height } = frame;
  const bottom = height - ROOM.bottom;
  for (const tick of y.ticks) {
    const at = toY(tick);
    into.append(
      svg("line", { class: "grid", x1: ROOM.left, x2: width - ROOM.right, y1: at, y2: at }),
      svg("text", { class: "tick", x: ROOM.left - 6, y: at + 4, "text-anchor": "end" }, label(tick, y)),
    );
  }
  for (const tick of x.ticks) {
    const at = toX(tick);
    into.append(
      svg("line", { class: "axis", x1: at, x2: at, y1: bottom, y2: bottom + 4 }),
      svg("text", { class: "tick", x: at, y: bottom + 17, "text-anchor": "middle" }, label(tick, x)),
    );
  }
  const middle = (ROOM.left + width - ROOM.right) / 2;
  const high = (ROOM.top + bottom) / 2;
  into.append(
    svg("line", { class: "axis", x1: ROOM.left, x2: width - ROOM.right, y1: bottom, y2: bottom }),
    svg("text", { class: "axis-name", x: middle, y: height - 4, "text-anchor": "middle" }, chart.x),
    svg("text", { class: "axis-name", transform: `translate(11 ${high}) rotate(-90)`, "text-anchor": "middle" }, chart.y),
  );
}

/** A tick's number: plain where it fits, with a power of ten where it is very large or small. */
function label(tick: number, on: Axis): string {
  const size = Math.max(Math.abs(on.low), Math.abs(on.high));
  return size >= 1e5 || size < 1e-3 ? short(tick, 3) : fixed(tick, on.decimals);
}

/** Some room above and below, so that no point lies on the frame. */
function padded(on: Axis): Axis {
  const room = (on.high - on.low) * 0.06;
  return { ...on, low: on.low - room, high: on.high + room };
}

function drawTrace(trace: Trace, toX: (x: number) => number, toY: (y: number) => number): SVGElement[] {
  const runs = unbroken(trace.times, trace.values);
  const at = (k: number, values: readonly Num[]) => point(toX(trace.times[k] ?? 0), toY(values[k] ?? 0));
  const look = `${trace.look} ${trace.colour}`;
  if (trace.look === "points") {
    return runs.flat().map((k) => {
      const [cx, cy] = [toX(trace.times[k] ?? 0), toY(trace.values[k] ?? 0)];
      return svg("circle", { class: look, cx: cx.toFixed(1), cy: cy.toFixed(1), r: 2.6 });
    });
  }
  if (trace.look === "band") {
    const lows = trace.lows ?? trace.values;
    const there = runs.map((run) => run.filter((k) => isNumber(lows[k])));
    return there.map((run) => {
      const back = [...run].reverse().map((k) => at(k, lows));
      return svg("polygon", { class: look, points: [...run.map((k) => at(k, trace.values)), ...back].join(" ") });
    });
  }
  return runs.map((run) => svg("polyline", { class: look, points: run.map((k) => at(k, trace.values)).join(" ") }));
}

/** Positions of values that are there, cut where one is missing. */
function unbroken(times: readonly Num[], values: readonly Num[]): number[][] {
  const runs: number[][] = [[]];
  values.forEach((value, k) => {
    if (isNumber(value) && isNumber(times[k])) runs[runs.length - 1]?.push(k);
    else runs.push([]);
  });
  return runs.filter((run) => run.length > 0);
}

function drawKey(traces: Trace[]): HTMLElement {
  const entries = traces.filter((t) => t.name !== "" && finite(t.values).length > 0);
  return el(
    "figcaption",
    { class: "key" },
    ...entries.map((t) => el("span", {}, sample(t), t.name)),
  );
}

function sample(trace: Trace): SVGElement {
  const look = `${trace.look} ${trace.colour}`;
  const marks = {
    points: () => svg("circle", { class: look, cx: 11, cy: 6, r: 2.6 }),
    band: () => svg("rect", { class: look, x: 1, y: 1, width: 20, height: 10 }),
    line: () => svg("polyline", { class: look, points: "0,6 22,6" }),
    dashed: () => svg("polyline", { class: look, points: "0,6 22,6" }),
  };
  return svg("svg", { viewBox: "0 0 22 12", width: 22, height: 12, class: "chart", "aria-hidden": "true" }, marks[trace.look]());
}

function point(x: number, y: number): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}

function isNumber(x: Num | undefined): x is number {
  return x !== null && x !== undefined && Number.isFinite(x);
}

function finite(values: readonly Num[]): number[] {
  return values.filter(isNumber);
}
