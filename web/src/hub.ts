// The way to a shared workspace (sharing.ts), which is fetched only where one is joined or about to be.

import { reportFailure } from "./failure.js";
import { keepPending } from "./pending.js";
import type { Hears, Invitation, Sharing } from "./sharing.js";

type SharingModule = typeof import("./sharing.js");

const load = (): Promise<SharingModule> => {
  const address = "./sharing.js"; // a bundle of its own
  return import(address) as Promise<SharingModule>;
};

export class Hub {
  private sharing: Sharing | undefined;
  private opening: Promise<Sharing | undefined> = Promise.resolve(undefined);

  /** Connects, and goes on trying to. */
  start(hears: Hears): void {
    this.opening = load()
      .then((module) => module.Sharing.open(hears))
      .then((sharing) => {
        this.sharing = sharing;
        hears.outbox();
        return sharing;
      })
      .catch((error: unknown) => {
        console.error(error);
        hears.state(2, error instanceof Error && error.message !== "no device" ? `The shared workspace cannot be reached: ${error.message}` : "");
        return undefined;
      });
  }

  outbox(): string {
    return this.sharing?.outbox() ?? "[]";
  }
  send(id: string, text: string): void {
    keepPending(id, text);
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
    // Where it cannot be opened what is pending stays, for the next time.
    this.opening.then((sharing) => (sharing === undefined ? undefined : work(sharing))).catch(reportFailure);
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

  /** Asks as a visitor, by the link that is everybody's; what is wrong comes back in words, and none where it was taken. */
  ask(link: Invitation, id: string, text: string, done: (words: string) => void): void {
    load()
      .then((module) => module.ask(link, id, text))
      .then(
        () => done(""),
        (error: unknown) => done(error instanceof Error ? error.message : String(error)),
      );
  }

  /** The token of the link that this site offers to visitors (web/registering.txt); empty where it offers none, or cannot be reached. */
  async findRegistering(): Promise<string> {
    try {
      const answer = await fetch("registering.txt", { cache: "no-cache" });
      const lines = answer.ok ? (await answer.text()).split("\n") : [];
      return lines.find((line) => /^[A-Za-z0-9_-]+$/.test(line)) ?? "";
    } catch {
      return ""; // without a network nobody can register anyhow
    }
  }

  async leave(): Promise<void> {
    try {
      await this.sharing?.leave();
    } finally {
      location.hash = "";
      location.reload();
    }
  }
}
