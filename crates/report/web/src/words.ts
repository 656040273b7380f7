/** Numbers and signs as people read them. */

import type { Num } from "./payload";

export type Sign = "+" | "-" | "?";

/** What an edge of this sign does. */
export const VERB: Record<Sign, string> = { "+": "activates", "-": "represses", "?": "acts on" };

/** The same as a noun. */
export const KIND: Record<Sign, string> = { "+": "activation", "-": "repression", "?": "sign unknown" };

/** The same as the name of its colours in the style sheet. */
export const MARK: Record<Sign, string> = { "+": "activation", "-": "repression", "?": "unknown" };

/** An arrow or a T-bar between two names. */
export const ARROW: Record<Sign, string> = { "+": "→", "-": "⊣", "?": "–" };

const MINUS = "\u2212";

/** A number with `digits` significant digits at most, with a true minus sign. */
export function short(x: Num | undefined, digits = 3): string {
  if (x === null || x === undefined || !Number.isFinite(x)) return "–";
  if (x === 0) return "0";
  const size = Math.abs(x);
  const text =
    size >= 1e-4 && size < 1e6
      ? String(Number(size.toPrecision(digits)))
      : size.toExponential(digits - 1).replace(/\.?0+e/, "e").replace("e+", "e");
  return (x < 0 ? MINUS : "") + text.replace("e-", `e${MINUS}`);
}

/** A number with a fixed number of decimals. */
export function fixed(x: Num | undefined, decimals: number): string {
  if (x === null || x === undefined || !Number.isFinite(x)) return "–";
  const text = Math.abs(x).toFixed(decimals);
  return x < 0 && Number(text) !== 0 ? MINUS + text : text;
}

/** A share as a percentage. */
export function percent(x: Num | undefined): string {
  return x === null || x === undefined ? "–" : `${Math.round(100 * x)} %`;
}

/** A whole number with commas between thousands; `toLocaleString` would load all languages first. */
export function thousands(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 edge`, `2 edges`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${thousands(n)} ${n === 1 ? one : many}`;
}

/** A number as tables for programs have it: a true hyphen, all digits, nothing where it is missing. */
export function exact(x: Num | undefined): string {
  return x === null || x === undefined ? "" : String(x);
}
