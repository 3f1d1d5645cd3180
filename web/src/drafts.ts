// What was typed and not sent (src/app/drafts.h), by name. In localStorage, because it is written before the call returns: a page that is
// being left gets no more turns. It is cleared with the rest of what the browser keeps for this site.

const prefix = "connection-agreements.draft.";

export class Drafts {
  get(name: string): string {
    try {
      return localStorage.getItem(prefix + name) ?? "";
    } catch {
      return ""; // forbidden here: the program was told so when it kept the first
    }
  }

  /** Whether it is kept. An empty text takes it away. */
  keep(name: string, text: string): boolean {
    try {
      if (text === "") localStorage.removeItem(prefix + name);
      else localStorage.setItem(prefix + name, text);
      return true;
    } catch (error) {
      console.warn("This browser does not keep drafts:", error);
      return false;
    }
  }

  forget(): void {
    try {
      for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name);
    } catch (error) {
      console.warn("This browser does not let go of drafts:", error);
    }
  }
}
