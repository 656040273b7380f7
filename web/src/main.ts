/** Starts the app. Where anything fails, the static page stays as it is. */

import "./app.css";
import { start } from "./app";
import { readPayload } from "./payload";

const payload = readPayload();
if (payload) {
  start(payload);
  performance.mark("cistron-ready");
}
