/**
 * The data of the page, as the program writes them (`src/page/payload.rs`); both sides are checked against
 * `tests/payload_sample.json`.
 *
 * Tables are columns of equal length; `null` is in place of a number that is missing.
 */

export type Num = number | null;

/** All genes of the run. */
export interface Genes {
  name: string[];
  /** Position in the drawing, in units of about one distance between neighbours. */
  x: number[];
  y: number[];
  decay: Num[];
  rSquared: Num[];
  rSquaredLinear: Num[];
  modelRegulators: number[];
  inDegree: number[];
  outDegree: number[];
  /** Whether the nonlinear part of the model predicted better. */
  nonlinear: boolean[];
}

/** The best edges, best first: the edge at `i` has rank `i + 1`. */
export interface Edges {
  /** Positions in `Genes`. */
  source: number[];
  target: number[];
  /** `+`, `-` or `?`, one character per edge. */
  sign: string;
  weight: Num[];
  probability: Num[];
  evidence: Num[];
  dynamic: Num[];
  interventional: Num[];
  frequency: Num[];
  signAgreement: Num[];
  expectedFalse: Num[];
  influence: Num[];
}

/** A series of samples, or a lineage of cells. */
export interface Series {
  name: string;
  times: Num[];
  /** Levels of every gene of `Curves.genes`, in their order. */
  observed: Num[][];
  fitted: Num[][];
  /** By a model fitted without the series; `null` if it was not left out. */
  forecast: Num[][] | null;
}

export interface Curves {
  /** Genes whose courses are in the page: all of them, unless there are very many. */
  genes: number[];
  series: Series[];
}

/** Where and when edges of the model act. */
export interface Groups {
  names: string[];
  /** Position of the edge, and its effect in every group. */
  rows: { edge: number; effect: Num[] }[];
}

export interface Payload {
  format: string;
  genes: Genes;
  edges: Edges;
  /** Number of edges that the run ranked, of which `edges` are the best. */
  ranked: number;
  /** Edges that are shown at first. */
  defaultEdges: number;
  /** Share of false edges up to which edges stand out. */
  maxFdr: number;
  /** What has to be said where no edge stands out: edges are hypotheses then. */
  caution: string | null;
  /** A file for Cytoscape without genes and edges; see cx2.ts. */
  cx2: Record<string, unknown>[];
  curves: Curves;
  groups: Groups;
  /** Whether there is evidence from interventions. */
  interventions: boolean;
  /** Given by `cistron explore`: the live model behind the page; see explore.ts. */
  explore?: unknown;
}

/** The payload in the document, or `null` if there is none that this app can read. */
export function readPayload(): Payload | null {
  const text = document.getElementById("cistron-data")?.textContent;
  if (!text) return null;
  const payload = JSON.parse(text) as Payload;
  return payload.format === "cistron-page 3" ? payload : null;
}
