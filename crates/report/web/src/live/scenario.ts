/** What the reader has set up: one or two lists of interventions, a start, an end. */

import type { Network } from "../network";
import type { Query, QueryIntervention, Kind, LiveModel } from "./protocol";

/** An intervention as the form holds it. */
export interface Step {
  gene: number;
  kind: Kind;
  /** One of each kind, so that none is lost by looking at another. */
  levels: Record<Exclude<Kind, "ko">, number>;
  /** Whether it acts for a while only. */
  windowed: boolean;
  from: number;
  to: number;
}

export type Letter = "A" | "B";
export const LETTERS: readonly Letter[] = ["A", "B"];

/** Curves that are drawn unless more are chosen. */
export const CURVES = 6;

/** Genes times fields up to which bands come as fast as the rest. */
const SMALL = 3_000;

/** Everything that answers follow from, with listeners. */
export class Scenario {
  readonly steps: Record<Letter, Step[]> = { A: [], B: [] };
  /** Whether two lists of interventions are compared. */
  comparing = false;
  /** The list that genes are added to. */
  active: Letter = "A";
  start: string;
  /** Whether it goes on until nothing changes any more. */
  steady: boolean;
  until: number;
  /** Genes that are drawn whether they move or not. */
  watched: number[] = [];
  private readonly listeners: (() => void)[] = [];

  constructor(
    readonly network: Network,
    readonly model: LiveModel,
  ) {
    this.start = model.starts.wildType;
    this.until = model.length;
    this.steady = model.static;
  }

  /** The lists that are asked for. */
  get letters(): readonly Letter[] {
    return this.comparing ? LETTERS : ["A"];
  }

  changed(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Notifies all listeners. */
  notify(): void {
    this.listeners.forEach((listener) => listener());
  }

  /** Adds a gene to the active list, knocked out; `false` if it is there already. */
  add(gene: number): boolean {
    const list = this.steps[this.active];
    if (list.some((step) => step.gene === gene)) return false;
    list.push(this.step(gene));
    this.notify();
    return true;
  }

  /** Whether anything is done at all. */
  get idle(): boolean {
    return this.letters.every((letter) => this.steps[letter].length === 0);
  }

  /** Starts or ends a comparison; the second list begins as a copy of the first. */
  compare(on: boolean): void {
    this.comparing = on;
    this.active = on ? "B" : "A";
    if (on && this.steps.B.length === 0) {
      this.steps.B = this.steps.A.map((step) => ({ ...step, levels: { ...step.levels } }));
    }
    this.notify();
  }

  /** The query of a list. */
  ask(letter: Letter): Query {
    return {
      interventions: this.steps[letter].map((step) => this.done(step)),
      start: this.start,
      until: this.steady ? null : this.until,
    };
  }

  /** Whether bands are asked for at once, and not only when the reader stops. */
  get isSmall(): boolean {
    return this.network.genes * (1 + this.model.members) <= SMALL;
  }

  /** The longest time that the form offers by itself. */
  get horizon(): number {
    return this.steady ? this.model.length : this.until;
  }

  /** In words, such as `fliA knockout, hns 0.3×`. */
  inWords(letter: Letter): string {
    const words = this.steps[letter].map((step) => `${this.network.name(step.gene)} ${kindInWords(step)}`);
    return words.length > 0 ? words.join(", ") : "no intervention";
  }

  private step(gene: number): Step {
    const level = this.model.levels[gene] ?? 0;
    return {
      gene,
      kind: "ko",
      levels: { kd: 0.5, oe: 2, set: Number(level.toPrecision(3)) },
      windowed: false,
      from: 0,
      to: Number((this.horizon / 2).toPrecision(3)),
    };
  }

  private done(step: Step): QueryIntervention {
    const level = step.kind === "ko" ? {} : { level: step.levels[step.kind] };
    const span = step.windowed ? { from: step.from, to: step.to } : {};
    return { gene: this.network.name(step.gene), kind: step.kind, ...level, ...span };
  }
}

function kindInWords(step: Step): string {
  const words = {
    ko: "knockout",
    kd: `${step.levels.kd}×`,
    oe: `${step.levels.oe}×`,
    set: `held at ${step.levels.set}`,
  }[step.kind];
  return step.windowed ? `${words} from ${step.from} to ${step.to}` : words;
}
