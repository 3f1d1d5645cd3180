// The compiled program comes in two parts (scripts/cmake/split.mjs). The first has what a first visit to the start page runs; the second
// is added to it, and its functions take the places of those that the first lacks.
//
//   const parts = new Parts(whole);            // `whole`: both are fetched at once
//   await createPortal({ instantiateWasm: await parts.ready(), … });
//   await parts.addSecond();                   // where it was not there from the beginning

import { reportFailure } from "./failure.js";

const first_address = "portal.wasm";
const second_address = "portal.later.wasm";

/** The site was changed between the two. */
export class OtherVersion extends Error {
  constructor() {
    super("A newer version of the portal has been published since this page was opened");
  }
}

/** Emscripten's hook. */
type Instantiate = (imports: WebAssembly.Imports, receive: (program: WebAssembly.Instance, module: WebAssembly.Module) => void) => object;

export class Parts {
  private readonly first = compiled(first_address);
  private second: Promise<WebAssembly.Module> | undefined;
  private program: WebAssembly.Instance | undefined;
  private isWhole = false;
  private version = "";

  constructor(whole: boolean) {
    if (whole) this.second = compiled(second_address);
  }

  async ready(): Promise<Instantiate> {
    const [first, second] = await Promise.all([this.first, this.second]);
    this.version = versionOf(first);
    if (second !== undefined) this.check(second);
    return (imports, receive) => {
      const make = async () => {
        this.program = await WebAssembly.instantiate(first, { ...imports, later: this.places });
        if (second !== undefined) await this.addSecond();
        receive(this.program, first);
      };
      make().catch(reportFailure);
      return {};
    };
  }

  async addSecond(): Promise<void> {
    this.second ??= compiled(second_address);
    const second = await this.second.catch((error: unknown) => {
      this.second = undefined; // it may be had another time
      throw error;
    });
    this.check(second);
    if (this.isWhole) return;
    await WebAssembly.instantiate(second, { first: this.program!.exports });
    this.isWhole = true;
  }

  /**
   * What stands in the places of functions that have not come yet. A page that begins with the first part alone (main.ts) needs none of
   * them before it has both; if it does all the same, because first_load.txt is out of date or another tab has just changed what is to be
   * shown, it stands still until the second part is there.
   */
  private readonly places = new Proxy<WebAssembly.ModuleImports>({}, {
    get: (_, place) => (...values: unknown[]) => {
      if (!this.isWhole) this.addSecondNow(String(place));
      const table = Object.values(this.program!.exports).find((it) => it instanceof WebAssembly.Table);
      return (table?.get(Number(place)) as (...values: unknown[]) => unknown)(...values);
    },
  });

  private addSecondNow(place: string): void {
    console.error(`The program's second part is needed before it has come: function ${place}`);
    const request = new XMLHttpRequest();
    request.open("GET", second_address, false);
    request.overrideMimeType("text/plain; charset=x-user-defined"); // a letter a byte: bytes themselves are not given at once
    request.send();
    if (request.status !== 200) throw new Error(`${second_address}: ${request.status} ${request.statusText}`);
    const second = new WebAssembly.Module(Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0) & 255));
    this.check(second);
    new WebAssembly.Instance(second, { first: this.program!.exports });
    this.isWhole = true;
  }

  private check(second: WebAssembly.Module): void {
    if (versionOf(second) !== this.version) throw new OtherVersion();
  }
}

async function compiled(address: string): Promise<WebAssembly.Module> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
  // Some servers do not know what it is.
  if (response.headers.get("content-type") !== "application/wasm") return WebAssembly.compile(await response.arrayBuffer());
  return WebAssembly.compileStreaming(response);
}

/** Both parts say which whole they were made of. */
function versionOf(module: WebAssembly.Module): string {
  return WebAssembly.Module.customSections(module, "whole").map((bytes) => new TextDecoder().decode(bytes)).join();
}
