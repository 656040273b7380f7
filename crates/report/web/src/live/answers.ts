/** Answers of the model, and what follows from one or two of them. */

import type { Num } from "../payload";
import { CURVES, type Letter } from "./scenario";
import type { Curve, Effects, Reply } from "./protocol";

/** An answer, by gene. */
export class Answer {
  private readonly at = new Map<number, number>();
  private readonly curves = new Map<number, Curve>();

  constructor(readonly reply: Reply) {
    reply.effects.gene.forEach((gene, k) => this.at.set(gene, k));
    reply.curves.forEach((curve) => this.curves.set(curve.gene, curve));
  }

  get effects(): Effects {
    return this.reply.effects;
  }

  /** Position of the gene among the effects. */
  place(gene: number): number {
    return this.at.get(gene) ?? -1;
  }

  curve(gene: number): Curve | undefined {
    return this.curves.get(gene);
  }

  /** A value of the gene. */
  of(column: "change" | "fold" | "wildEnd" | "perturbedEnd", gene: number): Num {
    return this.effects[column][this.place(gene)] ?? null;
  }

  /** Genes that are reached in this way. */
  reached(kind: Effects["kind"][number]): number {
    return this.effects.kind.filter((one) => one === kind).length;
  }
}

/** Below this share of the levels, a change is what the solvers leave. */
const ROUNDING = 1e-9;

/** `b − a`, or 0 where they differ by rounding. */
export function change(a: Num | undefined, b: Num | undefined): Num {
  if (typeof a !== "number" || typeof b !== "number") return null;
  return Math.abs(b - a) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b)) ? 0 : b - a;
}

export type Answers = Partial<Record<Letter, Answer>>;

/** What the second list does more than the first, at the end. */
export function difference(answers: Answers, gene: number): Num {
  return change(answers.A?.of("perturbedEnd", gene), answers.B?.of("perturbedEnd", gene));
}

/** The genes of the page, the largest difference first. */
export function byDifference(answers: Answers): number[] {
  const genes = answers.A?.effects.gene ?? [];
  const size = new Map(genes.map((gene) => [gene, Math.abs(difference(answers, gene) ?? 0)]));
  return [...genes].sort((a, b) => (size.get(b) ?? 0) - (size.get(a) ?? 0) || a - b);
}

/** Genes whose courses are worth drawing: those that are watched, then those that move or differ most. */
export function worthDrawing(answers: Answers, watched: readonly number[], comparing: boolean): number[] {
  const effects = answers.A?.effects;
  const ranked = comparing && answers.B ? byDifference(answers) : (effects?.gene ?? []);
  const changed = (gene: number) => effects?.kind[answers.A?.place(gene) ?? -1] === "perturbed";
  const others = comparing ? ranked : ranked.filter((gene) => !changed(gene));
  // where every gene is changed itself, those are what there is to see
  return [...new Set([...watched, ...(others.length > 0 ? others : ranked)])].slice(0, Math.max(CURVES, watched.length));
}
