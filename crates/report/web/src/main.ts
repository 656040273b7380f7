/** Starts the app. Where the network cannot be drawn, the static page stays as it is. */

import "./app.css";
import { start, type App } from "./app";
import { readPayload } from "./payload";

declare global {
  interface Window {
    /** The parts of the page, for the console and for tests. */
    cistron?: App;
  }
}

const payload = readPayload();
if (payload) {
  window.cistron = start(payload);
  // for those who measure: what is set up is not yet drawn, the page can be used when the network is seen
  window.cistron.graph.cy.one("render", () => performance.mark("cistron-ready"));
}
