// The page's side of making PDFs: the worker (documents_worker.ts) is started when the first document is asked for, and kept.
//
// A worker that fails is ended; every document that waited for it is answered with words, and the next one starts a new worker.

import type { Answer, Failure, Order, Refusal } from "./documents_worker.js";

export type Outcome = { pdf: Uint8Array<ArrayBuffer>; pages: number } | { refusal: Refusal };

const words: Record<Failure["failure"], string> = {
  not_loaded: "The part of the portal that makes PDFs could not be loaded. Check the connection, then try again.",
  press_stopped: "The PDF could not be finished. This browser may be short of memory: close what you do not need, then try again.",
};

export class Press {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, (outcome: Outcome) => void>();
  private lastId = 0;

  /** Takes the encoded document's bytes away. */
  print(document: Uint8Array<ArrayBuffer>): Promise<Outcome> {
    const order: Order = { id: ++this.lastId, document };
    return new Promise((done) => {
      this.waiting.set(order.id, done);
      try {
        this.worker ??= this.start();
        this.worker.postMessage(order, [document.buffer]);
      } catch (error) {
        this.end({ failure: "not_loaded", cause: String(error) });
      }
    });
  }

  private start(): Worker {
    const worker = new Worker("documents_worker.js", { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<Answer | Failure>) => {
      if (worker !== this.worker) return; // ended while this was under way
      if ("failure" in data) this.end(data);
      else this.answer(data);
    });
    // It tells of all other failures itself: here its script could not be had.
    worker.addEventListener("error", (event) => {
      if (worker === this.worker) this.end({ failure: "not_loaded", cause: event.message ?? "documents_worker.js" });
    });
    return worker;
  }

  private answer({ id, ...outcome }: Answer): void {
    const done = this.waiting.get(id);
    this.waiting.delete(id);
    done?.(outcome);
  }

  private end({ failure, cause }: Failure): void {
    console.warn("No PDF could be made:", cause);
    this.worker?.terminate();
    this.worker = undefined;
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const done of waiting) done({ refusal: { code: failure, message: words[failure], where: "" } });
  }
}
