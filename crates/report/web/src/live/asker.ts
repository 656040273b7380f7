/** Asks the model, so that sliding stays fluid and no late answer stands over a newer one. */

import type { Query, Reply } from "./protocol";

/** Milliseconds without a change after which everything that takes longer is asked for. */
const SETTLED = 250;

export interface Listener {
  answered: (reply: Reply) => void;
  failed: (message: string) => void;
}

/** Sends a query; throws an `Error` with a sentence for people where there is no answer. */
export async function send(path: string, token: string, ask: Query, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", "x-cistron-token": token },
      body: JSON.stringify(ask),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Error("The model does not answer. Is `cistron explore` still running?");
  }
  if (response.ok) return response;
  throw new Error(await reason(response));
}

async function reason(response: Response): Promise<string> {
  try {
    const refusal = (await response.json()) as { error?: unknown };
    if (typeof refusal.error === "string") return refusal.error;
  } catch {
    // not what our server says; the status has to do
  }
  return `The model answers with status ${response.status}.`;
}

/**
 * Keeps one query in flight. While it is away, only the latest of those that come is kept. Answers
 * come in the order of their queries: what is shown while a slider moves is at most one answer behind.
 */
export class Asker {
  /** The query that was answered, unless a newer one is on its way. */
  answer: Query | null = null;
  /** Whether nothing more will come. */
  idle = true;
  private waiting: Query | null = null;
  private busy = false;
  /** Counts how often everything was forgotten. */
  private epoch = 0;

  constructor(
    private readonly token: string,
    private readonly listener: Listener,
  ) {}

  /** Asks, after what is in flight. */
  ask(quick: Query): void {
    this.waiting = quick;
    this.settle(false, null);
    if (!this.busy) void this.work();
  }

  /** Forgets what was asked; nothing of it will be answered. */
  stop(): void {
    this.epoch += 1;
    this.waiting = null;
    this.settle(true, null);
  }

  private settle(idle: boolean, answer: Query | null): void {
    this.idle = idle;
    this.answer = answer;
  }

  private async work(): Promise<void> {
    this.busy = true;
    while (this.waiting) {
      const [ask, epoch] = [this.waiting, this.epoch];
      this.waiting = null;
      try {
        const reply = (await (await send("/api/perturb", this.token, ask)).json()) as Reply;
        if (epoch !== this.epoch) continue;
        if (!this.waiting) this.settle(true, ask);
        this.listener.answered(reply);
      } catch (error) {
        if (epoch !== this.epoch || this.waiting) continue;
        this.settle(true, null);
        this.listener.failed(message(error));
      }
    }
    this.busy = false;
  }
}

/** Asks several queries at once when the reader stops, and gives all answers together. */
export class Settler<Key extends string> {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private flight: AbortController | null = null;

  /** `queries` are made when the time has come. */
  constructor(
    private readonly token: string,
    private readonly queries: () => [Key, Query][],
    private readonly listener: { answered: (replies: [Key, Reply][]) => void; failed: (message: string) => void },
  ) {}

  /** Asks in a while, unless something comes between. */
  soon(): void {
    this.cancel();
    this.timer = setTimeout(() => void this.ask(), SETTLED);
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.flight?.abort();
    this.flight = null;
  }

  private async ask(): Promise<void> {
    const flight = new AbortController();
    this.flight = flight;
    const one = async ([key, ask]: [Key, Query]): Promise<[Key, Reply]> => {
      const response = await send("/api/perturb", this.token, ask, flight.signal);
      return [key, (await response.json()) as Reply];
    };
    try {
      const replies = await Promise.all(this.queries().map(one));
      if (!flight.signal.aborted) this.listener.answered(replies);
    } catch (error) {
      if (!flight.signal.aborted) this.listener.failed(message(error));
    }
  }
}

export function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
