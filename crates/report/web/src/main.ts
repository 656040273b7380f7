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

/** Milliseconds without a new picture after which the network is drawn. */
const STILL = 300;

const payload = readPayload();
if (payload) {
  window.cistron = start(payload);
  markReady(window.cistron);
}

/**
 * Marks when the network was drawn, for those who measure: at the last picture of the first ones, since
 * Cytoscape's very first picture is empty.
 */
function markReady({ graph }: App): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const seen = () => {
    const startTime = performance.now();
    clearTimeout(timer);
    timer = setTimeout(() => {
      graph.cy.removeListener("render", seen);
      performance.mark("cistron-ready", { startTime });
    }, STILL);
  };
  graph.cy.on("render", seen);
}
