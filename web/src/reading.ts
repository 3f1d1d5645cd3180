// Says in words how far files are while they are read, where that takes long enough to be waited for: how many are read, and then that
// the program looks at them.
//
//   const words = new ReadingWords(files);
//   … words.countOne() for each that is read
//   await words.beforeLooking();   // until these words are seen
//   … give the files to the program
//   words.end();                   // once its frame is drawn

const slow_ms = 500;
/** The program needs about a second for so much. */
const large_bytes = 4_000_000;
/** A window that is not seen draws no frames: it is not waited for. */
const frame_wait_ms = 250;

export class ReadingWords {
  private read = 0;
  private readonly bytes: number;
  private readonly region = document.getElementById("reading");
  private readonly timer: number;
  private shown = false;

  constructor(private readonly files: readonly File[]) {
    this.bytes = files.reduce((sum, file) => sum + file.size, 0);
    this.timer = window.setTimeout(() => this.say(), this.isLarge ? 0 : slow_ms);
  }

  countOne(): void {
    this.read++;
    if (this.shown) this.say();
  }

  async beforeLooking(): Promise<void> {
    clearTimeout(this.timer);
    if (!this.shown && !this.isLarge) return;
    this.write(`Looking at ${this.what}…`);
    await framesDrawn();
  }

  end(): void {
    clearTimeout(this.timer);
    if (this.shown) void framesDrawn().then(() => this.region?.replaceChildren());
  }

  private get isLarge(): boolean {
    return this.bytes >= large_bytes;
  }

  private get what(): string {
    const size = `${Math.max(1, Math.round(this.bytes / 1e6))} MB`;
    return this.files.length === 1 ? `${this.files[0]?.name ?? ""} (${size})` : `${this.files.length} files (${size})`;
  }

  private say(): void {
    const far = this.files.length === 1 ? "" : `: ${this.read} of ${this.files.length} read`;
    this.write(`Reading ${this.what}${far}…`);
  }

  private write(text: string): void {
    this.shown = true;
    if (this.region === null) return;
    const words = document.createElement("p");
    words.textContent = text;
    this.region.replaceChildren(words);
  }
}

/** After the next frame is on the screen. */
function framesDrawn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, frame_wait_ms);
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}
