/** The payload with what is asked of it all the time: edges by gene, names by search. */

import type { Num, Payload } from "./payload";
import type { Sign } from "./words";

export class Network {
  /** Edges into and out of every gene, best first. */
  readonly into: number[][];
  readonly outOf: number[][];
  /** Position among the curves of every gene that has some. */
  private readonly curveAt = new Map<number, number>();
  private readonly effects = new Map<number, Num[]>();
  private readonly lower: string[];

  constructor(readonly data: Payload) {
    const { genes, edges, curves, groups } = data;
    this.into = genes.name.map(() => []);
    this.outOf = genes.name.map(() => []);
    edges.source.forEach((source, edge) => {
      this.outOf[source]?.push(edge);
      this.into[this.target(edge)]?.push(edge);
    });
    curves.genes.forEach((gene, at) => this.curveAt.set(gene, at));
    groups.rows.forEach((row) => this.effects.set(row.edge, row.effect));
    this.lower = genes.name.map((name) => name.toLowerCase());
  }

  /** Number of genes. */
  get genes(): number {
    return this.data.genes.name.length;
  }

  /** Number of edges in the page. */
  get edges(): number {
    return this.data.edges.source.length;
  }

  name(gene: number): string {
    return this.data.genes.name[gene] ?? "";
  }

  source(edge: number): number {
    return this.data.edges.source[edge] ?? 0;
  }

  target(edge: number): number {
    return this.data.edges.target[edge] ?? 0;
  }

  sign(edge: number): Sign {
    return (this.data.edges.sign[edge] ?? "?") as Sign;
  }

  /** Position of the gene among the curves; `undefined` if the page has none of it. */
  curve(gene: number): number | undefined {
    return this.curveAt.get(gene);
  }

  /** Effect of the edge in every group; `undefined` if the model does without the edge. */
  effect(edge: number): Num[] | undefined {
    return this.effects.get(edge);
  }

  /** Expected number of false edges among the best `edges`. */
  expectedFalse(edges: number): number {
    return edges === 0 ? 0 : (this.data.edges.expectedFalse[edges - 1] ?? 0);
  }

  /** Length of the longest list of best edges of which at most this share is expected to be false. */
  withShare(share: number): number {
    for (let edges = this.edges; edges > 0; edges -= 1) {
      if (this.expectedFalse(edges) <= share * edges) return edges;
    }
    return 0;
  }

  /** Expected share of false edges among the best `edges`. */
  share(edges: number): number {
    return edges === 0 ? 0 : Math.min(1, this.expectedFalse(edges) / edges);
  }

  /** Whether no edge stands out: edges are hypotheses then. */
  get doubtful(): boolean {
    return this.data.caution !== null;
  }

  /** The gene of this name in any case; the exact name wins. */
  find(name: string): number | undefined {
    const exact = this.data.genes.name.indexOf(name);
    const found = exact >= 0 ? exact : this.lower.indexOf(name.toLowerCase());
    return found >= 0 ? found : undefined;
  }

  /**
   * Genes whose names hold `text`: the one of this very name first, then those of this name in another
   * case, then those that begin with it, then by number of edges.
   */
  search(text: string, most: number): number[] {
    const wanted = text.trim().toLowerCase();
    if (wanted === "") return [];
    const degree = (gene: number) => (this.into[gene]?.length ?? 0) + (this.outOf[gene]?.length ?? 0);
    const exact = this.data.genes.name.includes(text) ? text : text.trim();
    const far = this.lower.map((name, gene) => {
      if (this.name(gene) === exact) return 0;
      return name === wanted ? 1 : name.startsWith(wanted) ? 2 : 3;
    });
    const distance = (gene: number) => far[gene] ?? 3;
    return this.lower
      .flatMap((name, gene) => (name.includes(wanted) ? [gene] : []))
      .sort((a, b) => distance(a) - distance(b) || degree(b) - degree(a) || a - b)
      .slice(0, most);
  }
}
