/** A number that is slid or typed. */

import { el, freshId } from "../dom";

export interface Range {
  label: string;
  unit: string;
  low: number;
  high: number;
  step: number;
  value: number;
  /** Numbers above `high` may be typed, up to this one. */
  most?: number;
  /** Numbers below `low` may be typed, down to this one. */
  least?: number;
  changed: (value: number) => void;
  /** Gets what is typed so far, where a number that is not whole yet must not be taken: then `changed` gets the whole one. */
  typed?: (value: number) => void;
}

export interface Slider {
  element: HTMLElement;
  /** Sets it without telling anyone. */
  set: (value: number) => void;
}

/** A slider with a field for the exact number. */
export function slider(range: Range): Slider {
  const [id, fieldId] = [freshId("slider"), freshId("number")];
  const bounds = { min: range.low, max: range.high, step: range.step };
  const slide = el("input", { id, type: "range", ...bounds, value: range.value });
  const field = el("input", {
    id: fieldId,
    type: "number",
    min: range.least ?? range.low,
    max: range.most ?? range.high,
    step: "any",
    value: range.value,
    "aria-label": `${range.label}, as a number`,
  });
  /** The slider and its words, on every way to a number. */
  const show = (value: number) => {
    slide.value = String(value);
    slide.setAttribute("aria-valuetext", `${value} ${range.unit}`.trim());
  };
  const set = (value: number) => {
    show(value);
    field.value = String(value);
  };
  slide.addEventListener("input", () => {
    set(Number(slide.value));
    range.changed(Number(slide.value));
  });
  const take = (report: (value: number) => void) => () => {
    const value = field.valueAsNumber;
    // half a number while it is typed is none yet; the field says so itself
    if (!Number.isFinite(value) || !field.checkValidity()) return;
    show(value);
    report(value);
  };
  field.addEventListener("input", take(range.typed ?? range.changed));
  if (range.typed) field.addEventListener("change", take(range.changed));
  show(range.value);
  const head = el("label", { for: id }, range.label);
  const unit = el("span", { class: "unit" }, range.unit);
  return { element: el("div", { class: "dose" }, head, el("span", { class: "exact" }, field, unit), slide), set };
}

/** A step of a slider of about 200 positions, at a round number. */
export function roundStep(length: number): number {
  const power = 10 ** Math.floor(Math.log10(length / 200));
  return Number(([1, 2, 5].find((s) => s * power >= length / 200) ?? 10) * power);
}

/** A round number that is not below `x`. */
export function roundUp(x: number): number {
  if (!(x > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(x));
  return Number(((([1, 1.5, 2, 3, 5, 7.5].find((s) => s * power >= x) ?? 10) * power)).toPrecision(3));
}
