/**
 * The sample that the program writes has the fields of `payload.ts`, all of them, of their types, and no others.
 *
 * `npm run check` fails where one side changed without the other; the program's test compares the bytes of the
 * sample.
 */

import type { Payload } from "../src/payload";
import sample from "./payload_sample.json";

/** Names of fields, at any depth, that `Sample` has and `Known` has not. */
type Unknown<Sample, Known> = Sample extends readonly (infer Item)[]
  ? Known extends readonly (infer KnownItem)[]
    ? Unknown<NonNullable<Item>, NonNullable<KnownItem>>
    : never
  : Sample extends object
    ? Known extends object
      ?
          | Exclude<keyof Sample, keyof Known>
          | { [Key in keyof Sample & keyof Known]: Unknown<NonNullable<Sample[Key]>, NonNullable<Known[Key]>> }[keyof Sample & keyof Known]
      : never
    : never;

/** Fields without a question mark. */
type Required<Known> = { [Key in keyof Known as undefined extends Known[Key] ? never : Key]: Known[Key] };

const complete: Required<Payload> = sample;
const unknown: [Unknown<typeof sample, Payload>] extends [never] ? [] : Unknown<typeof sample, Payload> = [];

export const checked = { complete, unknown };
