/** A table that is sorted by its headings, filtered by a word, and shown in pages. */

import type { Announce } from "./announce";
import { el, freshId } from "./dom";
import { saveTable } from "./save";
import { count } from "./words";

/** Rows on a page: few enough to be drawn within a frame. */
const PAGE = 25;

export interface Column {
  title: string;
  /** What the column means, for the heading's tooltip. */
  help: string;
  /** What rows are sorted by, and what is saved; a number sorts largest first. */
  value: (row: number) => string | number | null;
  /** What is shown; the value if it is not given. */
  cell?: (row: number) => Node | string;
  /** Name of the column in the saved table. */
  key: string;
  number?: boolean;
  /** Whether small numbers are the best ones, such as ranks. */
  smallFirst?: boolean;
}

export interface TableSettings {
  caption: string;
  /** Name of the saved file. */
  file: string;
  noun: string;
  columns: Column[];
  /** Rows before the word filter. */
  rows: () => readonly number[];
  /** What the word filter looks into. */
  text: (row: number) => string;
  announce: Announce;
  /** How the rows are sorted at first; as they come if it is not given. */
  sort?: Sorting;
}

/** Position of the column, and whether large values come first. */
export interface Sorting {
  column: number;
  down: boolean;
}

export class Table {
  readonly element: HTMLElement;
  /** The button that saves what is shown. */
  readonly saves = el("button", { type: "button" }, "Save as TSV");
  private readonly body = el("tbody");
  private readonly counts = el("span", { class: "counts" });
  private readonly heads: HTMLTableCellElement[] = [];
  private readonly pager: { first: HTMLButtonElement; back: HTMLButtonElement; next: HTMLButtonElement; at: HTMLElement };
  private sorted: Sorting | null;
  private word = "";
  private page = 0;
  private found: number[] = [];

  constructor(private readonly settings: TableSettings) {
    this.sorted = settings.sort ?? null;
    const [id, captionId] = [freshId("filter"), freshId("caption")];
    const filter = el("input", { id, type: "search", autocomplete: "off", spellcheck: "false", placeholder: "Part of a name" });
    filter.addEventListener("input", () => {
      this.word = filter.value.trim().toLowerCase();
      this.page = 0;
      this.refresh(true);
    });
    const button = (label: string, name: string, to: () => number) => {
      const one = el("button", { type: "button", class: "quiet", "aria-label": name }, label);
      one.addEventListener("click", () => this.turn(to()));
      return one;
    };
    this.pager = {
      first: button("⇤", "First page", () => 0),
      back: button("←", "Previous page", () => this.page - 1),
      next: button("→", "Next page", () => this.page + 1),
      at: el("span", {}),
    };
    this.saves.addEventListener("click", () => this.save());
    const table = el(
      "table",
      { "aria-labelledby": captionId },
      el("thead", {}, el("tr", {}, ...settings.columns.map((column, k) => this.head(column, k)))),
      this.body,
    );
    const { first, back, next, at } = this.pager;
    this.element = el(
      "div",
      { class: "grid" },
      el("div", { class: "grid-bar" }, el("label", { for: id }, "Filter "), filter, this.counts, this.saves),
      el("p", { class: "unseen", id: captionId }, settings.caption),
      el("div", { class: "scroller", tabindex: "0", role: "region", "aria-labelledby": captionId }, table),
      el("nav", { class: "pager", "aria-label": `Pages of: ${settings.caption}` }, first, back, at, next),
    );
    this.refresh(false);
  }

  /** Takes the rows anew; `aloud` says their number. */
  refresh(aloud: boolean): void {
    const { rows, text, announce, noun } = this.settings;
    const all = rows();
    this.found = this.word === "" ? [...all] : all.filter((row) => text(row).toLowerCase().includes(this.word));
    this.sort();
    this.page = Math.min(this.page, Math.max(0, this.pages() - 1));
    this.counts.textContent = count(this.found.length, noun);
    if (aloud) announce(`${count(this.found.length, noun)} in the table`);
    this.draw();
  }

  private pages(): number {
    return Math.ceil(this.found.length / PAGE);
  }

  private turn(page: number): void {
    this.page = Math.max(0, Math.min(page, this.pages() - 1));
    this.draw();
    this.settings.announce(`Page ${this.page + 1} of ${this.pages()}`);
  }

  private head(column: Column, at: number): HTMLElement {
    const button = el("button", { type: "button", title: column.help }, column.title);
    button.addEventListener("click", () => this.sortBy(at));
    const head = el("th", { scope: "col", "aria-sort": "none", class: column.number ? "right" : undefined }, button);
    this.heads.push(head);
    return head;
  }

  private sortBy(column: number): void {
    const one = this.settings.columns[column];
    if (!one) return;
    const startsDown = one.number === true && one.smallFirst !== true;
    this.sorted = { column, down: this.sorted?.column === column ? !this.sorted.down : startsDown };
    this.page = 0;
    this.refresh(false);
    this.settings.announce(`Sorted by ${one.title}, ${this.sorted.down ? "descending" : "ascending"}`);
  }

  /** Sorts what was found; missing values last, ties as they were. */
  private sort(): void {
    const order = this.sorted?.down ? "descending" : "ascending";
    this.heads.forEach((head, k) => head.setAttribute("aria-sort", k === this.sorted?.column ? order : "none"));
    const by = this.sorted && this.settings.columns[this.sorted.column];
    if (!by || !this.sorted) return;
    const turn = this.sorted.down ? -1 : 1;
    const keyed = this.found.map((row) => ({ row, key: by.value(row) }));
    keyed.sort((a, b) => {
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
      if (typeof a.key === "number" && typeof b.key === "number") return turn * (a.key - b.key);
      return turn * String(a.key).localeCompare(String(b.key), "en", { numeric: true });
    });
    this.found = keyed.map(({ row }) => row);
  }

  private draw(): void {
    const { columns } = this.settings;
    const rows = this.found.slice(this.page * PAGE, (this.page + 1) * PAGE);
    const focused = document.activeElement;
    const held = this.body.contains(focused) ? focused?.closest("tr")?.dataset["row"] : undefined;
    this.body.replaceChildren(
      ...rows.map((row) => {
        const cells = columns.map((column) => {
          return el("td", { class: column.number ? "right" : undefined }, column.cell?.(row) ?? String(column.value(row) ?? "–"));
        });
        return el("tr", { "data-row": row }, ...cells);
      }),
    );
    if (rows.length === 0) {
      this.body.append(el("tr", {}, el("td", { colspan: columns.length, class: "none" }, `no ${this.settings.noun} here`)));
    }
    if (held !== undefined) this.focusRow(held);
    const { first, back, next, at } = this.pager;
    at.textContent = this.pages() > 0 ? `page ${this.page + 1} of ${this.pages()}` : "no pages";
    first.disabled = back.disabled = this.page === 0;
    next.disabled = this.page + 1 >= this.pages();
  }

  /** The keyboard stays with its row when the rows are drawn anew; with the table if the row has gone. */
  private focusRow(row: string): void {
    const button = this.body.querySelector<HTMLElement>(`tr[data-row="${row}"] button`);
    (button ?? this.element.querySelector<HTMLElement>(".scroller"))?.focus({ preventScroll: true });
  }

  private save(): void {
    const { columns, file } = this.settings;
    saveTable(file, columns.map((column) => column.key), this.found.map((row) => columns.map((column) => column.value(row))));
    this.settings.announce(`${count(this.found.length, this.settings.noun)} saved as ${file}`);
  }
}
