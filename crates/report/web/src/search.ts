/** A field that finds a gene, with suggestions: the combobox pattern of WAI-ARIA. */

import { el, freshId } from "./dom";
import type { Network } from "./network";

const MOST = 8;

export interface SearchField {
  element: HTMLElement;
  input: HTMLInputElement;
}

/**
 * A labelled field; `chosen` gets the gene and the field is emptied unless `keeps` is set.
 */
export function searchField(
  network: Network,
  label: string,
  chosen: (gene: number) => void,
  keeps = false,
): SearchField {
  const [id, listId] = [freshId("search"), freshId("list")];
  const list = el("ul", { id: listId, role: "listbox", class: "suggestions", hidden: true, "aria-label": "Suggestions" });
  const input = el("input", {
    id,
    type: "text",
    role: "combobox",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    placeholder: "Name of a gene",
    "aria-expanded": "false",
    "aria-controls": listId,
    "aria-autocomplete": "list",
  });
  let found: number[] = [];
  let active = -1;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (gene: number) => {
    input.value = keeps ? network.name(gene) : "";
    close();
    chosen(gene);
  };
  const mark = (at: number) => {
    active = at;
    [...list.children].forEach((option, k) => option.setAttribute("aria-selected", String(k === at)));
    const option = list.children[at];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  };
  const suggest = () => {
    found = network.search(input.value, MOST);
    const options = found.map((gene) =>
      el(
        "li",
        // mousedown comes before the field loses the focus
        { role: "option", id: freshId("option"), mousedown: (event: Event) => (event.preventDefault(), take(gene)) },
        network.name(gene),
      ),
    );
    const none = el("li", { class: "none", role: "option", "aria-disabled": "true" }, "no gene of this name");
    list.replaceChildren(...(found.length > 0 ? options : [none]));
    list.hidden = input.value.trim() === "";
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (found.length > 0) mark(0);
    else input.removeAttribute("aria-activedescendant");
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) suggest();
      else if (found.length > 0) mark((active + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
    } else if (event.key === "Enter") {
      const gene = found[active] ?? network.find(input.value.trim());
      if (input.value.trim() !== "" && gene !== undefined) take(gene);
      event.preventDefault();
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  };
  input.addEventListener("input", suggest);
  input.addEventListener("keydown", keys);
  input.addEventListener("blur", close);
  const element = el("div", { class: "search" }, el("label", { for: id }, label), input, list);
  return { element, input };
}
