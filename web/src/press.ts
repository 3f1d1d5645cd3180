// The page's side of making and checking PDFs: the worker (documents_worker.ts) is started when the first is asked for, and kept.
//
// A worker that fails is ended; everything that waited for it is answered with words, and the next order starts a new worker.

import type { Answer, Failure, Order, Refusal } from "./documents_worker.js";
import { scriptAddress } from "./scripts.js";

export type Outcome = { bytes: Uint8Array<ArrayBuffer>; pages: number } | { refusal: Refusal };
export type Job = Order["job"];

const words: Record<Failure["failure"], Record<Job, string>> = {
  not_loaded: {
    print: "The part of the portal that makes PDFs could not be loaded. Check the connection, then try again.",
    check: "The part of the portal that checks PDFs could not be loaded. Check the connection, then choose the file again.",
  },
  press_stopped: {
    print: "The PDF could not be finished. This browser may be short of memory: close what you do not need, then try again.",
    check: "The portal could not read it to its end. This browser may be short of memory: close what you do not need, then choose the file again.",
  },
};

interface Waiting {
  job: Job;
  done: (outcome: Outcome) => void;
}

export class Press {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  /** Takes the bytes away. */
  ask(job: Job, bytes: Uint8Array<ArrayBuffer>): Promise<Outcome> {
    const order: Order = { id: ++this.lastId, job, bytes };
    return new Promise((done) => {
      this.waiting.set(order.id, { job, done });
      try {
        this.worker ??= this.start();
        this.worker.postMessage(order, [bytes.buffer]);
      } catch (error) {
        this.end({ failure: "not_loaded", cause: String(error) });
      }
    });
  }

  private start(): Worker {
    const worker = new Worker(scriptAddress("documents_worker.js"), { type: "module" });
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
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    waiting?.done(outcome);
  }

  private end({ failure, cause }: Failure): void {
    console.warn("The worker that makes and checks PDFs has failed:", cause);
    this.worker?.terminate();
    this.worker = undefined;
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { job, done } of waiting) done({ refusal: { code: failure, message: words[failure][job], where: "" } });
  }
}
