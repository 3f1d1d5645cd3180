// The way to a shared workspace (sharing.ts), which is fetched only where one is joined or about to be.

import { reportFailure } from "./failure.js";
import type { Hears, Invitation, Sharing } from "./sharing.js";

type SharingModule = typeof import("./sharing.js");

const load = (): Promise<SharingModule> => {
  const address = "./sharing.js"; // a bundle of its own
  return import(address) as Promise<SharingModule>;
};

export class Hub {
  private sharing: Sharing | undefined;

  /** Connects, and goes on trying to. */
  start(hears: Hears): void {
    load()
      .then((module) => module.Sharing.open(hears))
      .then((sharing) => {
        this.sharing = sharing;
        hears.outbox();
      })
      .catch((error: unknown) => {
        console.error(error);
        hears.state(2, error instanceof Error && error.message !== "no device" ? `The shared workspace cannot be reached: ${error.message}` : "");
      });
  }

  outbox(): string {
    return this.sharing?.outbox() ?? "[]";
  }
  send(id: string, text: string): void {
    this.do((sharing) => sharing.send(id, text));
  }
  forget(id: string): void {
    this.do((sharing) => sharing.forget(id));
  }
  answered(id: string, answer: string): void {
    this.do((sharing) => sharing.answered(id, answer));
  }
  kept(answers: number, more: boolean): void {
    this.do((sharing) => sharing.kept(answers, more));
  }
  private do(work: (sharing: Sharing) => Promise<void>): void {
    if (this.sharing === undefined) throw new Error("The shared workspace is not open yet");
    work(this.sharing).catch(reportFailure);
  }

  /** Joins by an invitation; what the program is to know of it comes back, or what is wrong, in words. */
  join(invitation: Invitation, device: string, done: (membership: string, words: string) => void): void {
    load()
      .then((module) => module.join(invitation, device))
      .then(
        (membership) => done(membership, ""),
        (error: unknown) => done("", error instanceof Error ? error.message : String(error)),
      );
  }

  async leave(): Promise<void> {
    await this.sharing?.leave();
    location.hash = "";
    location.reload();
  }
}
