// Letters that the drawing's own typefaces lack: measured and drawn by the browser, which has those of the machine and shapes them.
// The program takes the canvas over as a texture (src/platform/web/browser_text.h).

/** The stylesheet's families and weights (styles.css), in the order of ui::Face. */
const fonts = [
  ["", 400, '"Portal Sans", system-ui, sans-serif'],
  ["", 600, '"Portal Sans", system-ui, sans-serif'],
  ["", 700, '"Portal Sans", system-ui, sans-serif'],
  ["italic", 400, '"Portal Sans", system-ui, sans-serif'],
  ["", 400, '"Portal Code", ui-monospace, monospace'],
] as const;

/** Some GPUs take no larger texture. */
const side_px_max = 4096;

export interface DrawnText {
  canvas: HTMLCanvasElement;
  /** Device px from the canvas's left edge to where the text begins, and from its upper edge to the baseline. */
  left: number;
  up: number;
}

export class ForeignText {
  private readonly canvas = document.createElement("canvas");
  private readonly context = this.canvas.getContext("2d")!;

  width(text: string, face: number, size: number): number {
    this.setFont(face, size);
    return this.context.measureText(text).width;
  }

  /** The canvas is the same one each time. */
  draw(text: string, face: number, size: number, rgba: number): DrawnText {
    const { canvas, context } = this;
    this.setFont(face, size);
    const { width, actualBoundingBoxLeft, actualBoundingBoxRight, actualBoundingBoxAscent, actualBoundingBoxDescent } = context.measureText(text);
    const margin = 1; // for what smoothing adds
    const left = Math.ceil(Math.max(0, actualBoundingBoxLeft)) + margin;
    const up = Math.ceil(Math.max(0, actualBoundingBoxAscent)) + margin;
    canvas.width = Math.min(side_px_max, left + Math.ceil(Math.max(width, actualBoundingBoxRight)) + margin);
    canvas.height = Math.min(side_px_max, up + Math.ceil(Math.max(0, actualBoundingBoxDescent)) + margin);
    this.setFont(face, size); // a new size takes it away
    context.fillStyle = `#${rgba.toString(16).padStart(8, "0")}`;
    context.fillText(text, left, up);
    return { canvas, left, up };
  }

  private setFont(face: number, size: number): void {
    const [style, weight, families] = fonts[face] ?? fonts[0];
    this.context.font = `${style} ${weight} ${size}px ${families}`;
    this.context.direction = "ltr";
    this.context.fontKerning = "none";
    this.context.textRendering = "geometricPrecision"; // as the elements (styles.css)
  }
}
