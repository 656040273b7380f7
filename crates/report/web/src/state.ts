/** What the reader has chosen; everything that is shown follows from it. */

import type { Network } from "./network";
import type { Sign } from "./words";

export interface Filter {
  /** The best so many edges. */
  top: number;
  /** Expected share of false edges that made it so many; `null` if the number itself was chosen. */
  share: number | null;
  /** Lowest selection frequency. */
  frequency: number;
  signs: Record<Sign, boolean>;
}

export type Selection = { kind: "gene" | "edge"; at: number } | null;

type Listener = () => void;

/** Filter and selection, with listeners to each. */
export class State {
  filter: Filter;
  selection: Selection = null;
  /** Edges that pass the filter, best first. */
  shown: number[] = [];
  private inView = new Set<number>();
  private readonly onFilter: Listener[] = [];
  private readonly onSelection: Listener[] = [];

  constructor(private readonly network: Network) {
    this.filter = this.start();
    this.refresh();
  }

  /** The filter that the page opens with. */
  start(): Filter {
    const signs = { "+": true, "-": true, "?": true };
    const { defaultEdges, maxFdr } = this.network.data;
    const top = Math.min(defaultEdges, this.network.edges);
    return { top, share: top === this.network.withShare(maxFdr) ? maxFdr : null, frequency: 0, signs };
  }

  /** Changes the filter and tells everyone. */
  narrow(change: Partial<Filter>): void {
    this.filter = { ...this.filter, ...change };
    this.refresh();
    this.onFilter.forEach((listener) => listener());
  }

  /** Selects a gene, an edge, or nothing. */
  select(selection: Selection): void {
    const same = selection?.kind === this.selection?.kind && selection?.at === this.selection?.at;
    this.selection = selection;
    if (!same) this.onSelection.forEach((listener) => listener());
  }

  /** Whether an edge passes the filter. */
  isShown(edge: number): boolean {
    return this.inView.has(edge);
  }

  filterChanged(listener: Listener): void {
    this.onFilter.push(listener);
  }

  selectionChanged(listener: Listener): void {
    this.onSelection.push(listener);
  }

  private refresh(): void {
    const { top, frequency, signs } = this.filter;
    const known = this.network.data.edges.frequency;
    this.shown = [];
    for (let edge = 0; edge < Math.min(top, this.network.edges); edge += 1) {
      if (signs[this.network.sign(edge)] && (known[edge] ?? 0) >= frequency) this.shown.push(edge);
    }
    this.inView = new Set(this.shown);
  }
}
