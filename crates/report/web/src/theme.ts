/** Dark or light: as the system has it, or as the reader chose. */

import { el } from "./dom";

const KEY = "cistron-theme";
type Theme = "light" | "dark";

/** A page that was opened from a file may have no storage: then the choice lasts as long as the page. */
function stored(): Theme | null {
  try {
    const found = localStorage.getItem(KEY);
    return found === "light" || found === "dark" ? found : null;
  } catch {
    return null;
  }
}

function store(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // see `stored`
  }
}

const system = matchMedia("(prefers-color-scheme: dark)");

function current(): Theme {
  const set = document.documentElement.dataset["theme"];
  return set === "light" || set === "dark" ? set : system.matches ? "dark" : "light";
}

/** The button that changes the theme; `changed` is called after every change, the system's included. */
export function themeButton(changed: () => void): HTMLButtonElement {
  const button = el("button", { type: "button", class: "quiet theme" });
  const show = () => {
    const other = current() === "dark" ? "light" : "dark";
    button.textContent = other === "dark" ? "Dark" : "Light";
    button.setAttribute("aria-label", `Change to the ${other} theme`);
  };
  const before = stored();
  if (before) document.documentElement.dataset["theme"] = before;
  show();
  button.addEventListener("click", () => {
    const other = current() === "dark" ? "light" : "dark";
    document.documentElement.dataset["theme"] = other;
    store(other);
    show();
    changed();
  });
  system.addEventListener("change", () => {
    show();
    changed();
  });
  return button;
}
