/** Where the simulation starts, and how long it goes. */

import { el, freshId } from "../dom";
import type { Scenario } from "./scenario";
import { roundStep, slider } from "./slider";

/** Lengths of the data that the slider offers; more can be typed, up to what the model takes. */
const LENGTHS = 3;
const MOST = 100;

export function setting(scenario: Scenario): HTMLElement {
  const { length } = scenario.model;
  const steady = el("input", { type: "checkbox", name: "steady", checked: scenario.steady });
  const high = LENGTHS * length;
  const until = slider({
    label: "Simulate until",
    unit: "time",
    low: roundStep(high),
    high,
    step: roundStep(high),
    value: scenario.until,
    most: MOST * length,
    changed: (value) => {
      scenario.until = value;
      scenario.notify();
    },
  });
  const show = () => (until.element.hidden = scenario.steady);
  steady.addEventListener("change", () => {
    scenario.steady = steady.checked;
    show();
    scenario.notify();
  });
  show();
  const courses = [until.element, el("label", { class: "check" }, steady, "until the steady state")];
  const steadyOnly = [el("p", { class: "small" }, "Nothing was measured over time: only steady states can be simulated.")];
  return el("div", { class: "live-setting" }, start(scenario), ...(scenario.model.static ? steadyOnly : courses));
}

function start(scenario: Scenario): HTMLElement {
  const { wildType, groups, samples } = scenario.model.starts;
  const id = freshId("start");
  const options = (names: string[]) => names.map((name) => el("option", { value: name }, name));
  const choice = el(
    "select",
    { id },
    el("option", { value: wildType }, "the wild type in its steady state"),
    groups.length > 0 && el("optgroup", { label: "mean of a series, lineage or condition" }, ...options(groups)),
    samples.length > 0 && el("optgroup", { label: "a sample, as SERIES@TIME" }, ...options(samples)),
  );
  choice.addEventListener("change", () => {
    scenario.start = choice.value;
    scenario.notify();
  });
  return el("div", { class: "field" }, el("label", { for: id }, "Start from"), choice);
}
