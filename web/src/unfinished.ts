// Work that would be lost if this page were left now. The browser asks before it leaves, and a new version of the portal, which loads
// every tab anew, waits until no tab has any: each that has holds a shared lock, and who brings the new version takes it alone.

const lock_name = "connection-agreements:unfinished";

export class Unfinished {
  private release: (() => void) | undefined;
  private readonly ask = (event: BeforeUnloadEvent) => event.preventDefault();

  set(on: boolean): void {
    if (on === (this.release !== undefined)) return;
    if (!on) {
      this.release?.();
      this.release = undefined;
      removeEventListener("beforeunload", this.ask);
      return;
    }
    addEventListener("beforeunload", this.ask);
    const held = new Promise<void>((release) => (this.release = release));
    navigator.locks?.request(lock_name, { mode: "shared" }, () => held).catch((error: unknown) => console.warn("An update will not wait for this page:", error));
  }
}

/** Runs it as soon as no tab has unfinished work; `waits` is told where it does not run at once. */
export async function whenAllFinished(run: () => void, waits: () => void): Promise<void> {
  if (navigator.locks === undefined) return run();
  const now = await navigator.locks.request(lock_name, { ifAvailable: true }, (lock) => {
    if (lock !== null) run();
    return lock !== null;
  });
  if (now) return;
  waits();
  await navigator.locks.request(lock_name, run);
}
