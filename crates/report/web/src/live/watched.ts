/** Which genes are drawn: those that move most, and those that the reader wants to see. */

import type { Announce } from "../announce";
import { el } from "../dom";
import { searchField } from "../search";
import type { Scenario } from "./scenario";

/** Genes that can be chosen: the model gives no more courses at a time. */
const MOST = 24;

export function watched(scenario: Scenario, announce: Announce): HTMLElement {
  const chips = el("ul", { class: "chips", "aria-label": "Genes that are always drawn" });
  const draw = () => {
    chips.replaceChildren(
      ...scenario.watched.map((gene) => {
        const name = scenario.network.name(gene);
        const drop = () => {
          const at = scenario.watched.indexOf(gene);
          scenario.watched = scenario.watched.filter((other) => other !== gene);
          draw();
          // the keyboard stays where it was
          const buttons = chips.querySelectorAll("button");
          (buttons[Math.min(at, buttons.length - 1)] ?? search.input).focus();
          scenario.notify();
        };
        return el("li", {}, name, el("button", { type: "button", class: "quiet", "aria-label": `Do not draw ${name} always`, click: drop }, "×"));
      }),
    );
    chips.hidden = scenario.watched.length === 0;
  };
  const search = searchField(scenario.network, "Draw another gene too", (gene) => {
    if (scenario.watched.includes(gene) || scenario.watched.length >= MOST) return;
    scenario.watched.push(gene);
    announce(`${scenario.network.name(gene)} is drawn`);
    draw();
    scenario.notify();
  });
  draw();
  return el("div", { class: "watched" }, search.element, chips);
}
