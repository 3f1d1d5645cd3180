// Whether what is being saved waits for another tab, which may be at an import for a minute. Looked at while somebody asks, and again
// after a while as long as there is something that waits; a change asks for a frame.

const look_again_ms = 500;
/** It may be a moment until the lock is asked for. */
const look_for_ms = 2_000;
/** Of the locks of the portal those of its journals (idbfs_medium.library.js), which are named by their folders. */
const is_journal = (name: string | undefined) => name?.startsWith("connection-agreements:/") === true;

export class Waiting {
  forAnother = false;
  private looking = false;
  private asked_ms = -Infinity;

  constructor(private readonly onChange: () => void) {}

  ask(): void {
    this.asked_ms = performance.now();
    void this.look();
  }

  private async look(): Promise<void> {
    if (this.looking || navigator.locks === undefined) return;
    this.looking = true;
    try {
      const { held = [], pending = [] } = await navigator.locks.query();
      const now = pending.some(({ name }) => is_journal(name) && held.some((lock) => lock.name === name));
      const changed = now !== this.forAnother;
      this.forAnother = now;
      if (changed) this.onChange();
    } catch (error) {
      console.warn("It is not known what other tabs are doing:", error);
    } finally {
      setTimeout(() => {
        this.looking = false;
        if (this.forAnother || performance.now() - this.asked_ms < look_for_ms) void this.look();
      }, look_again_ms);
    }
  }
}
