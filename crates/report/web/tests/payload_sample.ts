/**
 * The sample that the program writes has the fields of `payload.ts`, all of them, of their types, and no others.
 *
 * `npm run check` fails where one side changed without the other; the program's test compares the bytes of the
 * sample.
 */

import type { Payload } from "../src/payload";
import sample from "./payload_sample.json";
import type { Required, Unknown } from "./sample";

const complete: Required<Payload> = sample;
const unknown: [Unknown<typeof sample, Payload>] extends [never] ? [] : Unknown<typeof sample, Payload> = [];

export const checked = { complete, unknown };
