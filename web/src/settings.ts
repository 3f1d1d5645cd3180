// Small settings of this browser, outside the journal. Where storage is forbidden a setting lasts as long as the page.

const prefix = "connection-agreements.";

export class Settings {
  private readonly here = new Map<string, string>();

  get(name: string): string {
    const known = this.here.get(name);
    if (known !== undefined) return known;
    try {
      return localStorage.getItem(prefix + name) ?? "";
    } catch {
      return "";
    }
  }

  set(name: string, value: string): void {
    this.here.set(name, value);
    try {
      localStorage.setItem(prefix + name, value);
    } catch (error) {
      console.warn("This browser does not keep settings:", error);
    }
  }
}
