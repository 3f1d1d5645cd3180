// What a first visit to the start page does without (the second part of the program, and typefaces): fetched once the start page can be used, or as soon as somebody does
// something there, which waits for it. That it is waited for is said in words, and, where it cannot be had, why and what can be done.

import { OtherVersion } from "./parts.js";

const slow_ms = 300;

export class SecondPart {
  private coming: Promise<void> | undefined;

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
    const region = document.getElementById("reading");
    const timer = setTimeout(() => region?.replaceChildren(paragraph("Fetching the rest of the portal. What you did is done once that is here.")), slow_ms);
    await this.get();
    clearTimeout(timer);
    region?.replaceChildren();
  }

  private async tryUntilThere(): Promise<void> {
    while (!this.there) {
      try {
        await this.add();
        this.there = true;
      } catch (error) {
        console.warn("What follows the start page has not come:", error); // also where the page is being left
        await askToTryAgain(error);
      }
    }
  }
}

/** Resolves when somebody wants it to be tried again, or the device is online again. */
function askToTryAgain(error: unknown): Promise<void> {
  return new Promise((resolve) => {
    const isOther = error instanceof OtherVersion;
    const cause = error instanceof Error ? error.message : String(error);
    const words = isOther ? `${cause}. Load the page again to go on.` : `The rest of the portal could not be loaded (${cause}). Check the connection, then try again.`;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = isOther ? "Load again" : "Try again";
    const notice = document.getElementById("notice");
    const again = () => {
      if (isOther) return location.reload();
      window.removeEventListener("online", again);
      notice?.replaceChildren();
      resolve();
    };
    button.addEventListener("click", again);
    if (!isOther) window.addEventListener("online", again);
    notice?.replaceChildren(paragraph(words), button);
  });
}

function paragraph(words: string): HTMLElement {
  const element = document.createElement("p");
  element.textContent = words;
  return element;
}
