/** Search, and what narrows the network down. */

import { el, freshId } from "./dom";
import type { Announce } from "./announce";
import type { Network } from "./network";
import { searchField } from "./search";
import type { State } from "./state";
import { KIND, MARK, count, fixed, thousands, type Sign } from "./words";

/** Steps of the slider of the top edges; they grow, so that the first edges can be told apart. */
const STEPS = 200;

/** Position of the slider for the top `top` of `all` edges. */
function toStep(top: number, all: number): number {
  return all <= STEPS ? top : Math.round(STEPS * Math.sqrt(top / all));
}

function toTop(step: number, all: number): number {
  return all <= STEPS ? step : Math.round(all * (step / STEPS) ** 2);
}

/** The row of controls above the network. */
export function controls(network: Network, state: State, announce: Announce): HTMLElement {
  const search = searchField(network, "Find a gene", (at) => state.select({ kind: "gene", at }));
  const counts = el("output", { class: "counts" });
  const bar = el(
    "div",
    { class: "controls", role: "group", "aria-label": "Filters of the network" },
    search.element,
    shareSlider(network, state),
    topSlider(network, state),
    frequencySlider(state),
    signBoxes(state),
    el("button", { type: "button", class: "quiet", click: () => state.narrow(state.start()) }, "Reset"),
  );
  const summarise = () => {
    const text = shownInWords(network, state);
    counts.textContent = text;
    return text;
  };
  state.filterChanged(() => announce(summarise()));
  summarise();
  return el("div", {}, bar, counts);
}

/** How many edges are shown, and how many of them are expected to be false. */
function shownInWords(network: Network, state: State): string {
  const [shown, top] = [state.shown.length, state.filter.top];
  const of = network.data.ranked > shown ? ` of ${thousands(network.data.ranked)} ranked` : "";
  const wrong = network.expectedFalse(top);
  const share = shown === top && top > 0 ? ` (${Math.round(100 * network.share(top))} %)` : "";
  const among = shown === top ? `expected to be false${share}` : `expected to be false among the top ${top}`;
  return shown === 0
    ? "No edge is shown."
    : `${count(shown, "edge")} shown${of}; about ${fixed(wrong, wrong < 10 ? 1 : 0)} ${among}.`;
}

/** The best edges up to an expected share of false ones. */
function shareSlider(network: Network, state: State): HTMLElement {
  const id = freshId("share");
  const value = el("span", { class: "value" });
  const slider = el("input", { id, type: "range", min: 0, max: 100, step: 1 });
  const show = () => {
    const { top, share } = state.filter;
    const percents = 100 * (share ?? network.share(top));
    slider.value = String(Math.round(percents));
    value.textContent = share === null ? `${Math.round(percents)} %` : `at most ${Math.round(percents)} %`;
    slider.setAttribute("aria-valuetext", `${value.textContent}: the top ${count(top, "edge")}`);
  };
  slider.disabled = network.edges === 0;
  slider.addEventListener("input", () => {
    const share = Number(slider.value) / 100;
    state.narrow({ top: network.withShare(share), share });
  });
  state.filterChanged(show);
  show();
  return el("div", { class: "slider" }, el("label", { for: id }, "Expected false ", value), slider);
}

function topSlider(network: Network, state: State): HTMLElement {
  const [id, all] = [freshId("top"), network.edges];
  const value = el("span", { class: "value" });
  const slider = el("input", { id, type: "range", min: all > 0 ? 1 : 0, max: Math.min(all, STEPS), step: 1 });
  const show = () => {
    const { top } = state.filter;
    slider.value = String(toStep(top, all));
    value.textContent = String(top);
    const wrong = fixed(network.expectedFalse(top), 1);
    slider.setAttribute("aria-valuetext", `the top ${count(top, "edge")}, ${wrong} expected to be false`);
  };
  slider.disabled = all === 0;
  slider.addEventListener("input", () => {
    const [step, { top }] = [Number(slider.value), state.filter];
    // where edges are few, a step is less than one of them
    const wished = toTop(step, all) === top ? top + Math.sign(step - toStep(top, all)) : toTop(step, all);
    state.narrow({ top: Math.max(all > 0 ? 1 : 0, Math.min(all, wished)), share: null });
  });
  state.filterChanged(show);
  show();
  return el("div", { class: "slider" }, el("label", { for: id }, "Top edges ", value), slider);
}

function frequencySlider(state: State): HTMLElement {
  const id = freshId("frequency");
  const value = el("span", { class: "value" });
  const slider = el("input", { id, type: "range", min: 0, max: 1, step: 0.01 });
  const show = () => {
    slider.value = String(state.filter.frequency);
    value.textContent = `${Math.round(100 * state.filter.frequency)} %`;
    slider.setAttribute("aria-valuetext", `selected in at least ${value.textContent} of half-samples`);
  };
  slider.addEventListener("input", () => state.narrow({ frequency: Number(slider.value) }));
  state.filterChanged(show);
  show();
  return el("div", { class: "slider" }, el("label", { for: id }, "Selected in at least ", value), slider);
}

function signBoxes(state: State): HTMLElement {
  const box = (sign: Sign) => {
    const input = el("input", { type: "checkbox", name: `sign-${sign}` });
    const show = () => (input.checked = state.filter.signs[sign]);
    input.addEventListener("change", () => {
      state.narrow({ signs: { ...state.filter.signs, [sign]: input.checked } });
    });
    state.filterChanged(show);
    show();
    return el("label", {}, input, el("span", { class: `mark ${MARK[sign]}`, "aria-hidden": "true" }), KIND[sign]);
  };
  const boxes = (["+", "-", "?"] as Sign[]).map(box);
  return el("fieldset", { class: "signs" }, el("legend", {}, "Sign"), ...boxes);
}
