// The canvas: a strip of the document, as tall as the window and a margin above and below, so that scrolling within it needs no frame.
// It is moved (by transform) in the very frame that draws it anew, so drawing and elements never part. Its size is the window's alone: to
// make a canvas anew takes longer than to draw a page. What of it is beyond the document's end is cut off by the element around it.

/** CSS px drawn above and below the window. */
const margin_px = 300;
/** A new strip is asked for when less than this is left in the direction of the scroll. */
const reserve_px = 120;
/** Some GPUs draw no larger. */
const side_px_max = 8192;

export class Strip {
  private top = 0; // CSS px from the document's top
  private height = 0;
  private drawn = { top: 0, bottom: 0 };

  constructor(private readonly canvas: HTMLCanvasElement) {}

  /** The strip for a scroll position, on whole device pixels. */
  around(scroll_top: number, window_height: number, document_height: number): { top: number; height: number } {
    const bottom_max = Math.max(document_height, window_height);
    const ratio = devicePixelRatio;
    const height = Math.min(window_height + 2 * margin_px, Math.floor(side_px_max / ratio));
    const top = Math.max(0, Math.min(scroll_top - margin_px, bottom_max - height));
    this.top = Math.round(top * ratio) / ratio;
    this.height = Math.floor(height * ratio) / ratio;
    return { top: this.top, height: this.height };
  }

  resize(width: number, height: number): void {
    const columns = Math.min(side_px_max, Math.ceil(width * devicePixelRatio));
    const rows = Math.round(height * devicePixelRatio);
    if (this.canvas.width !== columns) this.canvas.width = columns;
    if (this.canvas.height !== rows) this.canvas.height = rows;
    this.canvas.style.width = `${columns / devicePixelRatio}px`;
    this.canvas.style.height = `${rows / devicePixelRatio}px`;
  }

  place(): void {
    this.canvas.style.transform = `translateY(${this.top}px)`;
    this.drawn = { top: this.top, bottom: this.top + this.height };
  }

  /** Whether enough is drawn around the window to wait with the next strip. */
  suffices(scroll_top: number, window_height: number, document_height: number): boolean {
    const end = Math.max(document_height, window_height);
    return (
      Math.max(0, scroll_top - reserve_px) >= this.drawn.top - 1 &&
      Math.min(end, scroll_top + window_height + reserve_px) <= this.drawn.bottom + 1
    );
  }
}
