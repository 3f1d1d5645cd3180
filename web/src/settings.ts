// Small settings of this browser, outside the journal; those whose names begin with "tab." are of this tab alone, and end with it. Where
// storage is forbidden a setting lasts as long as the page.

const prefix = "connection-agreements.";

const storageOf = (name: string): Storage => (name.startsWith("tab.") ? sessionStorage : localStorage);

export class Settings {
  private readonly here = new Map<string, string>();

  get(name: string): string {
    const known = this.here.get(name);
    if (known !== undefined) return known;
    try {
      return storageOf(name).getItem(prefix + name) ?? "";
    } catch {
      return "";
    }
  }

  set(name: string, value: string): void {
    this.here.set(name, value);
    try {
      storageOf(name).setItem(prefix + name, value);
    } catch (error) {
      console.warn("This browser does not keep settings:", error);
    }
  }
}
