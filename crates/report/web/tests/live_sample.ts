/**
 * The sample of queries and replies has the fields of `live/protocol.ts` and no others; fields that may be missing
 * and the words of `kind` are compared by the program's test alone.
 *
 * `npm run check` fails where one side changed without the other; the program's test
 * (`crates/cli/src/explore/protocol_sample.rs`) answers the queries and compares the bytes of the sample.
 */

import type { LiveModel, Query, Reply } from "../src/live/protocol";
import sample from "./live_sample.json";
import type { Unknown, Widened } from "./sample";

const model: LiveModel = sample.model;
const queries: Widened<Query>[] = [sample.course.query, sample.steady.query];
const replies: Widened<Reply>[] = [sample.course.reply, sample.steady.reply];

/** What both sides of the protocol are, in one type. */
interface Said {
  model: LiveModel;
  course: { query: Query; reply: Reply };
  steady: { query: Query; reply: Reply };
}
const unknown: [Unknown<typeof sample, Said>] extends [never] ? [] : Unknown<typeof sample, Said> = [];

export const checked = { model, queries, replies, unknown };
