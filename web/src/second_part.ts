// What a first visit to the start page does without (the second part of the program, and typefaces): fetched once the start page can be
// used, or as soon as somebody does something there, which waits for it. That it is waited for is said in words, and, where it cannot be
// had, why and what can be done.

import { OtherVersion } from "./parts.js";

const slow_ms = 300;

export class SecondPart {
  private coming: Promise<void> | undefined;
  private isWaitedFor = false;
  private asksToTryAgain = false;

  constructor(
    private readonly add: () => Promise<void>,
    private there: boolean,
  ) {}

  get isThere(): boolean {
    return this.there;
  }

  /** Resolves when it is there, however often it has to be tried. */
  get(): Promise<void> {
    return (this.coming ??= this.tryUntilThere());
  }

  /** The same for somebody who waits for it. */
  async waitFor(): Promise<void> {
    const timer = setTimeout(() => {
      this.isWaitedFor = true;
      this.sayThatItIsFetched();
    }, slow_ms);
    await this.get();
    clearTimeout(timer);
    document.getElementById("reading")?.replaceChildren();
  }

  private sayThatItIsFetched(): void {
    if (!this.isWaitedFor || this.asksToTryAgain) return;
    document.getElementById("reading")?.replaceChildren(paragraph("Fetching the rest of the portal. What you did is done once that is here."));
  }

  private async tryUntilThere(): Promise<void> {
    let wasAsked = false;
    while (!this.there) {
      try {
        await this.add();
        this.there = true;
      } catch (error) {
        console.warn("What follows the start page has not come:", error); // also where the page is being left
        this.asksToTryAgain = true;
        await askToTryAgain(error);
        this.asksToTryAgain = false;
        this.sayThatItIsFetched();
        wasAsked = true;
      }
    }
    if (wasAsked) document.getElementById("notice")?.replaceChildren();
  }
}

/** Resolves when somebody wants it to be tried again, or the device is online again. */
function askToTryAgain(error: unknown): Promise<void> {
  document.getElementById("reading")?.replaceChildren(); // nothing is being fetched now
  return new Promise((resolve) => {
    const isOther = error instanceof OtherVersion;
    const words = isOther ? `${error.message}. Load the page again to go on.` : `The rest of the portal could not be loaded (${causeOf(error)}). Check the connection, then try again.`;
    const notice = document.getElementById("notice");
    const hadFocus = notice?.contains(document.activeElement) === true;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = isOther ? "Load again" : "Try again";
    const again = () => {
      if (isOther) return location.reload();
      window.removeEventListener("online", again);
      resolve();
    };
    button.addEventListener("click", again);
    if (!isOther) window.addEventListener("online", again);
    notice?.replaceChildren(paragraph(words), button);
    if (hadFocus) button.focus();
  });
}

function causeOf(error: unknown): string {
  if (error instanceof WebAssembly.CompileError) return "what came is not all of it, or something else: a network that asks for a sign-in answers so";
  return error instanceof Error ? error.message : String(error);
}

function paragraph(words: string): HTMLElement {
  const element = document.createElement("p");
  element.textContent = words;
  return element;
}
