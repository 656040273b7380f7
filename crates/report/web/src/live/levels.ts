/** Steady-state levels as one picture: a row per gene, from the wild type to the perturbed level. */

import { axis, scale } from "../axis";
import { el, freshId, svg } from "../dom";
import { fixed, short } from "../words";
import type { Answer, Answers } from "./answers";
import { LOOK } from "./curves";
import type { Letter, Scenario } from "./scenario";

const [WIDTH, ROW] = [640, 34];
const ROOM = { left: 130, right: 20, top: 8, bottom: 40 };

/** Draws the picture; with two answers, two marks a row. */
export function levels(scenario: Scenario, answers: Answers, genes: readonly number[]): HTMLElement {
  const shown = scenario.letters.filter((letter) => answers[letter]);
  const curves = genes.flatMap((gene) => shown.map((letter) => (answers[letter] as Answer).curve(gene)));
  const values = curves.flatMap((one) => (one ? [...one.wild, ...one.perturbed, ...one.low, ...one.high] : []));
  const x = axis([0, ...values.filter((value) => value !== null)], 5);
  const toX = scale(x, ROOM.left, WIDTH - ROOM.right);
  const height = ROOM.top + ROW * genes.length + ROOM.bottom;
  const title = freshId("levels");
  const words = genes.map((gene) => {
    const each = shown.map((letter) => `${short(answers[letter]?.of("perturbedEnd", gene))} with ${scenario.inWords(letter)}`);
    return `${scenario.network.name(gene)} ${short(answers[shown[0] ?? "A"]?.of("wildEnd", gene))}, ${each.join(", ")}`;
  });
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${height}`, class: "chart", role: "img", "aria-labelledby": title },
    svg("title", { id: title }, `Steady-state levels: ${words.join("; ")}`),
  );
  const bottom = height - ROOM.bottom;
  for (const tick of x.ticks) {
    const at = toX(tick);
    picture.append(
      svg("line", { class: "grid", x1: at, x2: at, y1: ROOM.top, y2: bottom }),
      svg("text", { class: "tick", x: at, y: bottom + 16, "text-anchor": "middle" }, fixed(tick, x.decimals)),
    );
  }
  const middle = (ROOM.left + WIDTH - ROOM.right) / 2;
  picture.append(svg("text", { class: "axis-name", x: middle, y: height - 5, "text-anchor": "middle" }, "steady-state level"));
  genes.forEach((gene, row) => {
    const y = ROOM.top + ROW * (row + 0.5);
    const name = scenario.network.name(gene);
    const label = name.length > 16 ? `${name.slice(0, 15)}…` : name;
    picture.append(svg("text", { class: "tick row-name", x: ROOM.left - 10, y: y + 4, "text-anchor": "end" }, label));
    shown.forEach((letter, k) => {
      const shift = shown.length > 1 ? (k - 0.5) * 12 : 0;
      picture.append(...marks(answers[letter] as Answer, letter, gene, { toX, y: y + shift }));
    });
  });
  return el("div", { class: "live-levels" }, picture);
}

/** Band, line from the wild type, and the two levels. */
function marks(answer: Answer, letter: Letter, gene: number, at: { toX: (x: number) => number; y: number }): SVGElement[] {
  const curve = answer.curve(gene);
  const [wild, perturbed] = [curve?.wild[0], curve?.perturbed[0]];
  if (!curve || typeof wild !== "number" || typeof perturbed !== "number") return [];
  const { toX, y } = at;
  const { colour } = LOOK[letter];
  const found: SVGElement[] = [];
  const [low, high] = [curve.low[0], curve.high[0]];
  if (typeof low === "number" && typeof high === "number") {
    const wide = Math.max(1, toX(high) - toX(low));
    found.push(svg("rect", { class: `band ${colour}`, x: toX(low), y: y - 5, width: wide, height: 10 }));
  }
  found.push(
    svg("line", { class: `line ${colour}`, x1: toX(wild), x2: toX(perturbed), y1: y, y2: y }),
    svg("circle", { class: "points muted", cx: toX(wild), cy: y, r: 4 }),
    svg("circle", { class: `points ${colour}`, cx: toX(perturbed), cy: y, r: 5 }),
  );
  return found;
}
