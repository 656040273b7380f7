/** Where the reader says what is done: lists of genes, each with a kind, a dose and a window. */

import type { Announce } from "../announce";
import { el, freshId } from "../dom";
import { searchField } from "../search";
import type { State } from "../state";
import type { Kind } from "./protocol";
import type { Letter, Scenario, Step } from "./scenario";
import { roundStep, roundUp, slider } from "./slider";

const KINDS: Record<Kind, string> = {
  ko: "knocked out",
  kd: "knocked down to a part",
  oe: "overexpressed",
  set: "held at a level",
};

export interface Form {
  element: HTMLElement;
  /** Adds a gene to the list that is active. */
  add: (gene: number) => void;
  /** Puts the keyboard on the field that adds a gene. */
  focus: () => void;
}

/** The form; it is drawn anew when genes come or go, so that a slider that moves stays where it is. */
export function form(scenario: Scenario, state: State, announce: Announce): Form {
  const { network } = scenario;
  const lists = el("div", { class: "lists" });
  const draw = () => {
    const columns = scenario.letters.map((letter) => list(scenario, letter, (at) => removed(letter, at), announce));
    lists.replaceChildren(...columns);
  };
  // the keyboard stays where it was: at the button that has moved up, or at the last one
  const removed = (letter: Letter, at: number) => {
    draw();
    const buttons = lists.querySelectorAll<HTMLElement>(`[data-letter="${letter}"] .step-head button`);
    (buttons[Math.min(at, buttons.length - 1)] ?? search.input).focus();
  };
  const add = (gene: number) => {
    const name = network.name(gene);
    const there = !scenario.add(gene);
    announce(there ? `${name} is in the list already` : `${name} is knocked out`);
    if (there) return;
    draw();
    lists.querySelector<HTMLElement>(`[data-letter="${scenario.active}"] .step:last-child select`)?.focus();
  };
  const search = searchField(network, "Add a gene", add);
  const selected = el("button", { type: "button", class: "add-selected" });
  selected.addEventListener("click", () => state.selection?.kind === "gene" && add(state.selection.at));
  const offer = () => {
    const { selection } = state;
    selected.hidden = selection?.kind !== "gene";
    selected.textContent = selection?.kind === "gene" ? `Knock out ${network.name(selection.at)}` : "";
  };
  state.selectionChanged(offer);
  offer();
  const compare = el("input", { type: "checkbox", name: "compare" });
  compare.addEventListener("change", () => {
    scenario.compare(compare.checked);
    draw();
  });
  draw();
  const element = el(
    "div",
    { class: "live-form" },
    search.element,
    selected,
    lists,
    el("label", { class: "check" }, compare, "Compare two interventions"),
  );
  return { element, add, focus: () => search.input.focus() };
}

/** One list with its genes; `removed` gets the place of a gene that has gone. */
function list(scenario: Scenario, letter: Letter, removed: (at: number) => void, announce: Announce): HTMLElement {
  const { comparing, network } = scenario;
  const titleId = freshId("list");
  const title = comparing ? `Intervention ${letter}` : "Interventions";
  const heading = el("h3", { id: titleId }, comparing && el("span", { class: `swatch ${letter}`, "aria-hidden": "true" }), title);
  const steps = scenario.steps[letter];
  const remove = (step: Step) => {
    scenario.steps[letter] = steps.filter((other) => other !== step);
    announce(`${network.name(step.gene)} is removed`);
    scenario.notify();
    removed(steps.indexOf(step));
  };
  const rows = steps.map((step) => card(scenario, step, () => remove(step)));
  const section = el("section", { class: "list", "data-letter": letter, "aria-labelledby": titleId }, heading);
  if (comparing) {
    const choose = el("input", { type: "radio", name: "active-list", checked: scenario.active === letter });
    choose.addEventListener("change", () => (scenario.active = letter));
    section.append(el("label", { class: "check" }, choose, "genes are added here"));
  }
  if (rows.length === 0) section.append(el("p", { class: "small" }, "No intervention: the wild type alone."));
  section.append(el("ul", { class: "steps" }, ...rows));
  return section;
}

/** A gene with what is done to it. */
function card(scenario: Scenario, step: Step, remove: () => void): HTMLElement {
  const name = scenario.network.name(step.gene);
  const dose = el("div", {});
  const kindId = freshId("kind");
  const kinds = (Object.keys(KINDS) as Kind[]).map((kind) => el("option", { value: kind, selected: kind === step.kind }, KINDS[kind]));
  const kind = el("select", { id: kindId, "aria-label": `Intervention on ${name}` }, ...kinds);
  const drawDose = () => dose.replaceChildren(...doseSlider(scenario, step));
  kind.addEventListener("change", () => {
    step.kind = kind.value as Kind;
    drawDose();
    scenario.notify();
  });
  drawDose();
  const drop = el("button", { type: "button", class: "quiet", "aria-label": `Remove ${name}`, click: remove }, "×");
  return el(
    "li",
    { class: "step" },
    el("div", { class: "step-head" }, el("label", { for: kindId, class: "name" }, name), drop),
    kind,
    dose,
    !scenario.model.static && windowFields(scenario, step, name),
  );
}

function doseSlider(scenario: Scenario, step: Step): HTMLElement[] {
  const { kind } = step;
  if (kind === "ko") return [];
  const [lowest, highest] = levelRange(scenario, step);
  const high = { kd: 1, oe: 10, set: highest }[kind];
  const low = { kd: 0, oe: 1, set: lowest }[kind];
  const one = slider({
    label: { kd: "Remaining part", oe: "Factor", set: "Level, in units of the data" }[kind],
    unit: { kd: "×", oe: "×", set: "" }[kind],
    low,
    high,
    step: { kd: 0.01, oe: 0.1, set: roundStep(high - low) }[kind],
    value: step.levels[kind],
    ...(kind === "kd" ? {} : { most: 1e9 }),
    ...(kind === "set" && scenario.model.least === null ? { least: -1e9 } : {}),
    changed: (value) => {
      step.levels[kind] = value;
      scenario.notify();
    },
  });
  return [one.element];
}

/** From the lowest level to twice that of the gene; around the levels of all genes where there is no lowest. */
function levelRange(scenario: Scenario, step: Step): [number, number] {
  const { least, levels } = scenario.model;
  const own = [levels[step.gene] ?? 0, step.levels.set];
  if (least !== null) return [least, least + roundUp(2 * (Math.max(...own) - least))];
  const [lowest, highest] = levels.reduce<[number, number]>(
    ([low, high], x) => [Math.min(low, x ?? low), Math.max(high, x ?? high)],
    [Math.min(...own), Math.max(...own)],
  );
  const margin = Math.max(1, 0.1 * (highest - lowest));
  return [Math.floor(lowest - margin), Math.ceil(highest + margin)];
}

/** When it acts: always, or from one time to another. */
function windowFields(scenario: Scenario, step: Step, name: string): HTMLElement {
  const box = el("input", { type: "checkbox", checked: step.windowed });
  const fields = el("div", { class: "window" });
  const draw = () => {
    fields.replaceChildren();
    if (!step.windowed) return;
    const high = scenario.horizon;
    const [gap, most] = [roundStep(high), 100 * scenario.model.length];
    const common = { unit: "time", low: 0, step: gap };
    const take = (start: number, end: number) => {
      const [from, to] = [rounded(start), rounded(end)];
      const same = from === step.from && to === step.to;
      [step.from, step.to] = [from, to];
      if (!same) scenario.notify();
    };
    // the ends push each other: a window has a length
    const push = (start: number, end: number) => {
      take(start, end);
      from.set(step.from);
      to.set(step.to);
    };
    // not while a number is typed: of `600`, `6` may lie before the start
    const typed = (start: number, end: number) => start < end && take(start, end);
    const from = slider({
      ...common,
      label: "From",
      high: high - gap,
      most: most - gap,
      value: step.from,
      changed: (value) => push(value, step.to > value ? step.to : value + gap),
      typed: (value) => typed(value, step.to),
    });
    const to = slider({
      ...common,
      label: "to",
      high,
      most,
      value: step.to,
      changed: (value) => {
        const end = value > 0 ? value : gap;
        push(step.from < end ? step.from : Math.max(0, end - gap), end);
      },
      typed: (value) => typed(step.from, value),
    });
    fields.append(from.element, to.element);
  };
  box.addEventListener("change", () => {
    step.windowed = box.checked;
    draw();
    scenario.notify();
  });
  draw();
  const label = el("label", { class: "check" }, box, "in a time window", el("span", { class: "unseen" }, ` (${name})`));
  return el("div", {}, label, fields);
}

/** Without what adding leaves behind the last digit. */
function rounded(x: number): number {
  return Number(x.toPrecision(10));
}
