/** Starts the app. Where anything fails, the static page stays as it is. */

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
  performance.mark("cistron-ready");
}
