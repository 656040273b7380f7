/**
 * The live model of `cistron explore`, in a panel of its own.
 *
 * A report has no model behind it; this is called only where the payload has `explore`.
 */

import type { App } from "./app";

/** Fills `into`; what it needs of the page is in `app`. */
export function mountExplore(app: App, into: HTMLElement): void {
  into.textContent = `live model of ${app.network.genes} genes`;
}
