/** Tables as files on the reader's disk. */

type Cell = string | number | null;

/** One cell as `edges.tsv` has it: quoted where a tab, a quote or an end of line is in it. */
function cell(value: Cell): string {
  const text = value === null ? "" : String(value);
  return /[\t"\r\n]|^#/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table as text, tab-separated under one header row. */
export function asTsv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cell).join("\t")}\n`).join("");
}

/** Hands a table to the reader as a file. */
export function saveTable(file: string, header: readonly string[], rows: readonly (readonly Cell[])[]): void {
  saveText(file, asTsv(header, rows));
}

/** Hands a text to the reader as a file. */
export function saveText(file: string, text: string): void {
  saveBlob(file, new Blob([text], { type: "text/tab-separated-values" }));
}

/** Hands bytes to the reader as a file. */
export function saveBlob(file: string, bytes: Blob): void {
  const url = URL.createObjectURL(bytes);
  const link = document.createElement("a");
  link.href = url;
  link.download = file;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
