/**
 * What the page and the model behind it say to each other; `crates/cli/src/explore` is the other half; both
 * are checked against `tests/live_sample.json`.
 *
 * Genes are positions in the page's list.
 */

import type { Num } from "../payload";

/** What the page knows of the model behind it (`crates/cli/src/explore/live_page.rs`). */
export interface LiveModel {
  /** Opens the model to this page alone. */
  token: string;
  /** Members of the ensemble that bands are made of. */
  members: number;
  /** Length of the data in units of time. */
  length: number;
  /** Most times at which levels can be asked for. */
  points: number;
  /** Wild-type level of every gene, in units of the data. */
  levels: Num[];
  /** The lowest level that there can be, in units of the data; `null` where there is none, as of logarithms. */
  least: Num;
  /** Whether the model was fitted to steady states without any series: it has no courses over time. */
  static: boolean;
  starts: { wildType: string; groups: string[]; samples: string[] };
}

export type Kind = "ko" | "kd" | "oe" | "set";

/** One intervention as the model is asked for it (`crates/cli/src/explore/query_json.rs`). */
export interface QueryIntervention {
  gene: string;
  kind: Kind;
  level?: number;
  from?: number;
  to?: number;
}

export interface Query {
  interventions: QueryIntervention[];
  start: string;
  /** `null` for the steady state. */
  until: number | null;
  points?: number;
  genes?: string[];
  top?: number;
  bands?: boolean;
}

/** Levels of a gene; one value where the steady state was asked for. */
export interface Curve {
  gene: number;
  wild: Num[];
  perturbed: Num[];
  /** Empty without an ensemble. */
  low: Num[];
  high: Num[];
}

/** What happens to every gene, the largest change first, each at the time at which it is largest. */
export interface Effects {
  gene: number[];
  time: Num[];
  wild: Num[];
  perturbed: Num[];
  change: Num[];
  fold: Num[];
  low: Num[];
  high: Num[];
  /** Levels at the end. */
  wildEnd: Num[];
  perturbedEnd: Num[];
  kind: ("perturbed" | "direct" | "downstream" | "none")[];
  /** Genes on the way, from one that was changed. */
  path: number[][];
}

/** The answer (`crates/cli/src/explore/reply.rs`). */
export interface Reply {
  times: number[];
  curves: Curve[];
  effects: Effects;
  members: number;
  warnings: string[];
  seconds: number;
}

/** Whether the page has a model behind it. */
export function isLiveModel(found: unknown): found is LiveModel {
  return typeof found === "object" && found !== null && "token" in found && "starts" in found;
}
