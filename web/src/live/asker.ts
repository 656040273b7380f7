/** Asks the model, so that sliding stays fluid and no late answer stands over a newer one. */

import type { Ask, Reply } from "./protocol";

/** Milliseconds without a change after which bands are asked for. */
const SETTLED = 250;

export interface Listener {
  /** `final` is set when nothing more will come for this question. */
  answered: (reply: Reply, final: boolean) => void;
  failed: (message: string) => void;
}

/** Sends a question; throws an `Error` with a sentence for people where there is no answer. */
export async function send(path: string, token: string, ask: Ask, signal?: AbortSignal): Promise<Response> {
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
    const told = (await response.json()) as { error?: unknown };
    if (typeof told.error === "string") return told.error;
  } catch {
    // not what our server says; the status has to do
  }
  return `The model answers with status ${response.status}.`;
}

/**
 * Keeps one question in flight. While it is away, only the latest of those that come is kept; when the
 * reader rests, the question is asked again with all that takes longer. Answers come in the order of
 * their questions: what is shown while a slider moves is at most one answer behind.
 */
export class Asker {
  private waiting: Ask | null = null;
  private busy = false;
  /** Counts how often everything was forgotten. */
  private epoch = 0;
  private settle: ReturnType<typeof setTimeout> | undefined;
  private slow: AbortController | null = null;

  /** `full` is the question that is asked when the reader rests. */
  constructor(
    private readonly token: string,
    private readonly listener: Listener,
    private readonly full: (quick: Ask) => Ask,
  ) {}

  /** Asks, after what is in flight. */
  ask(quick: Ask): void {
    this.dropSlow();
    this.waiting = quick;
    if (!this.busy) void this.work();
  }

  /** Forgets what was asked; nothing of it will be answered. */
  stop(): void {
    this.epoch += 1;
    this.waiting = null;
    this.dropSlow();
  }

  private dropSlow(): void {
    clearTimeout(this.settle);
    this.slow?.abort();
    this.slow = null;
  }

  private async work(): Promise<void> {
    this.busy = true;
    while (this.waiting) {
      const [ask, epoch] = [this.waiting, this.epoch];
      this.waiting = null;
      try {
        const reply = (await (await send("/api/perturb", this.token, ask)).json()) as Reply;
        if (epoch !== this.epoch) continue;
        this.listener.answered(reply, false);
        if (!this.waiting) this.settle = setTimeout(() => void this.complete(ask), SETTLED);
      } catch (error) {
        if (epoch === this.epoch && !this.waiting) this.listener.failed(message(error));
      }
    }
    this.busy = false;
  }

  private async complete(ask: Ask): Promise<void> {
    const abort = new AbortController();
    this.slow = abort;
    try {
      const response = await send("/api/perturb", this.token, this.full(ask), abort.signal);
      const reply = (await response.json()) as Reply;
      if (!abort.signal.aborted) this.listener.answered(reply, true);
    } catch (error) {
      if (!abort.signal.aborted) this.listener.failed(message(error));
    }
  }
}

export function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
