/**
 * The network on Cytoscape.js. Places of the genes come with the page, so nothing is laid out here.
 *
 * Only what is shown is in the graph: edges come and go as the filter changes, and genes with them.
 */

import cytoscape, { type Core, type ElementDefinition, type EventObject } from "cytoscape";
import { onceAFrame } from "./dom";
import { boxOf, graphStyle } from "./graphstyle";
import type { Network } from "./network";
import type { State } from "./state";

/** Least and most pixels at zoom 1 for one unit of the layout: names must find room in it. */
const UNIT = [78, 170] as const;
const MOST_ZOOM = 4;
const LEAST_ZOOM = 0.05;
/** Most zoom when the whole network is shown, and the pixels left free around it. */
const MOST_FIT = 1.4;
const MARGIN = 30;
/** Edges above which a picture of the graph is moved while panning, and not the graph. */
const MANY_EDGES = 600;

/** A gene's name as it is drawn, the size of its letters, and the box around it, in pixels at zoom 1. */
interface Box {
  label: string;
  size: number;
  width: number;
  height: number;
}

export class Graph {
  readonly cy: Core;
  /** Whether the reader has moved the view; until then it follows what is shown. */
  private moved = false;
  /** Pixels at zoom 1 for one unit of the layout. */
  private readonly unit: number;
  private readonly boxes: readonly Box[];

  constructor(
    private readonly network: Network,
    private readonly state: State,
    readonly container: HTMLElement,
  ) {
    this.boxes = network.data.genes.name.map((_, gene) => this.box(gene));
    const widths = this.boxes.map((box) => box.width).sort((a, b) => a - b);
    const wide = (widths[Math.floor(0.9 * widths.length)] ?? 0) + 30;
    this.unit = Math.max(UNIT[0], Math.min(UNIT[1], wide));
    this.cy = cytoscape({
      container,
      style: graphStyle(network.doubtful),
      layout: { name: "preset" },
      minZoom: LEAST_ZOOM,
      maxZoom: MOST_ZOOM,
      boxSelectionEnabled: false,
      selectionType: "single",
      textureOnViewport: network.edges > MANY_EDGES,
      pixelRatio: "auto",
    });
    this.cy.autounselectify(true);
    this.listen();
    this.update();
  }

  /**
   * Shows everything that is shown: all genes with a margin in which arcs between them find room.
   * `cy.fit` would calculate the curve of every edge, which the drawing does once more.
   */
  fit(): void {
    this.moved = false;
    this.before = null;
    this.cy.resize();
    this.fitTo(this.genes());
  }

  /** The view before that of a gene's neighbourhood, where the latter is shown. */
  private before: { zoom: number; pan: { x: number; y: number }; moved: boolean } | null = null;

  /** Shows a gene with the genes at the other ends of its edges, as far as they are shown. */
  private fitNeighbourhood(gene: number): void {
    this.before ??= { zoom: this.cy.zoom(), pan: { ...this.cy.pan() }, moved: this.moved };
    this.moved = false;
    this.cy.resize();
    const near = this.cy.getElementById(`g${gene}`).closedNeighborhood().nodes();
    this.fitTo(near.map((node) => node.data("gene") as number));
  }

  /** Back to the view before, unless the reader has moved this one. */
  private leaveNeighbourhood(): void {
    const { before } = this;
    this.before = null;
    if (!before || this.moved) return;
    if (!before.moved) return this.fit();
    this.moved = true;
    this.cy.viewport(before);
  }

  private fitTo(genes: readonly number[]): void {
    const [wide, high] = [this.cy.width(), this.cy.height()];
    if (genes.length === 0 || wide <= 2 * MARGIN || high <= 2 * MARGIN) return;
    const x = this.span(genes, "x", "width");
    const y = this.span(genes, "y", "height");
    const zoom = Math.max(LEAST_ZOOM, Math.min(MOST_FIT, (wide - 2 * MARGIN) / x.size, (high - 2 * MARGIN) / y.size));
    this.cy.viewport({ zoom, pan: { x: wide / 2 - zoom * x.middle, y: high / 2 - zoom * y.middle } });
  }

  /** Extent of the boxes of these genes along an axis, in pixels at zoom 1. */
  private span(genes: readonly number[], axis: "x" | "y", side: "width" | "height"): { middle: number; size: number } {
    let [low, high] = [Infinity, -Infinity];
    for (const gene of genes) {
      const [at, half] = [this.position(gene)[axis], (this.boxes[gene]?.[side] ?? 0) / 2];
      low = Math.min(low, at - half);
      high = Math.max(high, at + half);
    }
    return { middle: (low + high) / 2, size: high - low };
  }

  private position(gene: number): { x: number; y: number } {
    const { x, y } = this.network.data.genes;
    return { x: (x[gene] ?? 0) * this.unit, y: (y[gene] ?? 0) * this.unit };
  }

  /** Zooms about the middle of the view. */
  zoomBy(factor: number): void {
    this.moved = true;
    const middle = { x: this.cy.width() / 2, y: this.cy.height() / 2 };
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: middle });
  }

  panBy(x: number, y: number): void {
    this.moved = true;
    this.cy.panBy({ x, y });
  }

  /** Calls `run` in a task of its own after the first picture, which holds the whole network. */
  drawn(run: () => void): void {
    this.cy.one("render", () => setTimeout(run));
  }

  /** The colours of the theme that is now set. */
  restyle(): void {
    this.cy.style(graphStyle(this.network.doubtful));
  }

  /** Genes that are in the drawing. */
  genes(): number[] {
    return this.cy.nodes().map((node) => node.data("gene") as number);
  }

  /** Where a gene is, in pixels of the container. */
  at(gene: number): { x: number; y: number } | undefined {
    const node = this.cy.getElementById(`g${gene}`);
    return node.nonempty() ? node.renderedPosition() : undefined;
  }

  /** Marks the gene that the keyboard is on; none if `null`. */
  focus(gene: number | null): void {
    this.cy.nodes(".focus").removeClass("focus");
    if (gene === null) return;
    this.cy.getElementById(`g${gene}`).addClass("focus");
    this.bringIntoView(gene);
  }

  /** Colours genes, such as by a predicted change; `null` takes the colours away. */
  tint(colours: ReadonlyMap<number, string> | null): void {
    this.tints = colours;
    this.cy.batch(() => {
      this.cy.nodes().forEach((node) => {
        const tint = colours?.get(node.data("gene") as number);
        if (tint === undefined) node.removeData("tint");
        else node.data("tint", tint);
      });
    });
  }

  /** Whether anything is marked by the selection. */
  private marked = false;
  private tints: ReadonlyMap<number, string> | null = null;

  private listen(): void {
    const pick = (event: EventObject) => {
      if (event.target === this.cy) return this.state.select(null);
      const at = event.target.data(event.target.isNode() ? "gene" : "edge") as number;
      this.state.select({ kind: event.target.isNode() ? "gene" : "edge", at });
    };
    this.cy.on("tap", pick);
    this.cy.on("mouseover", "node, edge", () => (this.container.style.cursor = "pointer"));
    this.cy.on("mouseout", "node, edge", () => (this.container.style.cursor = ""));
    this.cy.on("dragpan pinchzoom scrollzoom", () => (this.moved = true));
    this.state.filterChanged(onceAFrame(() => this.update()));
    this.state.selectionChanged(() => {
      this.update();
      const { selection } = this.state;
      if (selection?.kind === "gene") this.fitNeighbourhood(selection.at);
      else if (selection === null) this.leaveNeighbourhood();
    });
    new ResizeObserver(onceAFrame(() => this.resized())).observe(this.container);
  }

  /** Takes the container's size; not when nothing changed, as the observer's first call says: it would draw all again. */
  private resized(): void {
    const { clientWidth, clientHeight } = this.container;
    if (clientWidth === this.cy.width() && clientHeight === this.cy.height()) return;
    if (this.moved || this.before) this.cy.resize();
    else this.fit();
  }

  /** Brings the graph up to the filter and the selection. */
  private update(): void {
    const edges = new Set(this.state.shown);
    const { selection } = this.state;
    if (selection?.kind === "edge") edges.add(selection.at);
    const genes = this.withEdges(edges);
    if (selection?.kind === "gene") genes.add(selection.at);
    const before = this.cy.nodes().length;
    this.cy.batch(() => {
      this.cy.edges().filter((edge) => !edges.has(edge.data("edge") as number)).remove();
      this.cy.nodes().filter((node) => !genes.has(node.data("gene") as number)).remove();
      const has = (id: string) => this.cy.hasElementWithId(id);
      const nodes = [...genes].filter((gene) => !has(`g${gene}`)).map((gene) => this.node(gene));
      this.cy.add(nodes);
      this.cy.add([...edges].filter((edge) => !has(`e${edge}`)).map((edge) => this.edge(edge)));
      this.mark();
    });
    if (!this.moved && !this.before && before !== this.cy.nodes().length) this.fit();
  }

  /** Genes at the ends of these edges; all of them if there are no edges at all and few genes. */
  private withEdges(edges: ReadonlySet<number>): Set<number> {
    const genes = new Set<number>();
    for (const edge of edges) genes.add(this.network.source(edge)).add(this.network.target(edge));
    if (this.network.edges === 0 && this.network.genes <= 200) {
      for (let gene = 0; gene < this.network.genes; gene += 1) genes.add(gene);
    }
    return genes;
  }

  /** The selection and what is next to it. */
  private mark(): void {
    const { selection } = this.state;
    if (this.marked) this.cy.elements().removeClass("chosen near far");
    this.marked = selection !== null;
    if (!selection) return;
    const one = this.cy.getElementById(`${selection.kind === "gene" ? "g" : "e"}${selection.at}`);
    const near = selection.kind === "gene" ? one.closedNeighborhood() : one.connectedNodes().union(one);
    this.cy.elements().not(near).addClass("far");
    near.addClass("near");
    one.addClass("chosen");
  }

  private bringIntoView(gene: number): void {
    const place = this.at(gene);
    const [wide, high] = [this.cy.width(), this.cy.height()];
    if (!place || wide === 0) return;
    const inside = place.x > 30 && place.x < wide - 30 && place.y > 30 && place.y < high - 40;
    if (!inside) this.cy.panBy({ x: wide / 2 - place.x, y: high / 2 - place.y });
  }

  /** A gene's name, cut if it is long, with the size of its letters and of the box around it. */
  private box(gene: number): Box {
    const name = this.network.name(gene);
    const label = name.length > 14 ? `${name.slice(0, 13)}…` : name;
    const size = 11 + 2 * Math.sqrt(Math.min(this.network.data.genes.outDegree[gene] ?? 0, 36));
    return { label, size, ...boxOf(label, size) };
  }

  private node(gene: number): ElementDefinition {
    const tint = this.tints?.get(gene);
    return {
      group: "nodes",
      data: { id: `g${gene}`, gene, ...this.boxes[gene], ...(tint === undefined ? {} : { tint }) },
      position: this.position(gene),
    };
  }

  private edge(edge: number): ElementDefinition {
    const evidence = this.network.data.edges.evidence[edge] ?? 0;
    return {
      group: "edges",
      data: {
        id: `e${edge}`,
        edge,
        source: `g${this.network.source(edge)}`,
        target: `g${this.network.target(edge)}`,
        sign: this.network.sign(edge),
        width: 1 + 3 * Math.sqrt(Math.max(0, Math.min(1, evidence))),
      },
    };
  }
}
