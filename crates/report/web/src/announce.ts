/** Says to screen readers what has changed on the screen. */

import { el } from "./dom";

export type Announce = (text: string) => void;

/** A polite live region; of a burst of messages only the last one is said. */
export function announcer(into: HTMLElement): Announce {
  const region = el("p", { class: "unseen", role: "status", "aria-live": "polite" });
  into.append(region);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  return (text) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => (region.textContent = text), 150);
  };
}
