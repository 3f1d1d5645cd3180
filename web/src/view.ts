// Which view: the canvas with the elements over it, or the elements alone as ordinary HTML.
//
// A person chooses in the footer, and the choice is kept. The HTML view is forced where a canvas cannot do right: no WebGL 2, forced
// colours, a lost drawing context, a page that the browser translates, text that a person has set otherwise; and while the page is printed.

import type { View } from "./mirror.js";
import type { Settings } from "./settings.js";
import { watchOwnText } from "./own_text.js";

type Reason = "webgl" | "forced-colors" | "context" | "print" | "translation" | "text";

export class ViewChoice {
  onChange: () => void = () => {};
  private chosen: View;
  private readonly forcing = new Set<Reason>();

  constructor(
    canvas: HTMLCanvasElement,
    private readonly settings: Settings,
  ) {
    this.chosen = settings.get("view") === "html" ? "html" : "canvas";
    if (!("WebGL2RenderingContext" in window)) this.forcing.add("webgl");
    const forced = matchMedia("(forced-colors: active)");
    if (forced.matches) this.forcing.add("forced-colors");
    forced.addEventListener("change", () => this.set("forced-colors", forced.matches));
    canvas.addEventListener("webglcontextlost", () => this.set("context", true));
    this.followTranslation();
    watchOwnText((own) => this.set("text", own));
    window.addEventListener("beforeprint", () => this.set("print", true));
    window.addEventListener("afterprint", () => this.set("print", false));
  }

  get current(): View {
    return this.forcing.size > 0 ? "html" : this.chosen;
  }

  /** Whether choosing changes anything now: where the HTML view is forced, it does not. */
  get canChoose(): boolean {
    return this.forcing.size === 0;
  }

  choose(view: View): void {
    this.settings.set("view", view);
    this.update(() => (this.chosen = view));
  }

  /** Forces the HTML view for a reason, or no longer for it. */
  set(reason: Reason, on: boolean): void {
    this.update(() => (on ? this.forcing.add(reason) : this.forcing.delete(reason)));
  }

  /** A browser that translates the page says so on its root element; what it puts there is to be seen, not drawn over. */
  private followTranslation(): void {
    const { documentElement } = document;
    const look = () => this.set("translation", documentElement.matches(".translated-ltr, .translated-rtl"));
    new MutationObserver(look).observe(documentElement, { attributeFilter: ["class"] });
    look();
  }

  private update(change: () => void): void {
    const before = this.current;
    const couldChoose = this.canChoose; // the footer offers the other view, or does not
    change();
    if (this.current !== before || this.canChoose !== couldChoose) this.onChange();
  }
}
