// The worker that makes and checks PDFs: it has a program of its own (documents.wasm) and typefaces of its own, loaded when the first order
// comes. Orders are answered in the order in which they come.
//
// Its page (press.ts) ends it after a failure: what it holds may be wrong then.

import { fetchAll } from "./fetch.js";

/**
 * What to do with some bytes, and a number that its answer carries: to print a document, encoded (src/documents/document_codec.h), which
 * gives a PDF; or to check a PDF, which gives an encoded PaperCheck.
 */
export interface Order {
  id: number;
  job: "print" | "check";
  bytes: Uint8Array<ArrayBuffer>;
}

/** Why it was not done, as ca::Error: a code, words for people, and the place. */
export interface Refusal {
  code: string;
  message: string;
  where: string;
}

export type Answer = { id: number; bytes: Uint8Array<ArrayBuffer>; pages: number } | { id: number; refusal: Refusal };
export type Failure = { failure: "not_loaded" | "press_stopped"; cause: string };

/** The compiled program, as Emscripten makes it (src/platform/documents_web/main.cpp). */
interface Program {
  _malloc(size: number): number;
  _free(pointer: number): void;
  HEAPU8: Uint8Array<ArrayBuffer>;
  UTF8ToString(pointer: number): string;
  _documents_font_count(): number;
  _documents_font_file(font: number): number;
  _documents_desk(): number;
  _documents_font(desk: number, font: number, bytes: number, size: number): void;
  _documents_wanted_face(desk: number): number;
  _documents_lend_face(desk: number, bytes: number, size: number): void;
  _documents_print(desk: number, document: number, size: number): number;
  _documents_check(desk: number, pdf: number, size: number): number;
  _documents_answer_bytes(desk: number): number;
  _documents_answer_size(desk: number): number;
  _documents_answer_pages(desk: number): number;
  _documents_error_code(desk: number): number;
  _documents_error_message(desk: number): number;
  _documents_error_where(desk: number): number;
}

// Only what this file needs of the worker's global scope (the DOM's types stand in tsconfig.json).
interface WorkerScope {
  addEventListener(type: "message", listener: (event: MessageEvent<Order>) => void): void;
  postMessage(message: Answer | Failure, transfer?: Transferable[]): void;
}
const scope = self as unknown as WorkerScope;

const words_without_face: Record<Order["job"], string> = {
  print: "This PDF has letters whose typeface is not on this device yet, and it could not be fetched. Connect to the internet and try again: once fetched, the typeface is kept and works offline.",
  check: "This file has letters whose typeface is not on this device yet, and it could not be fetched, so the file was not checked. Connect to the internet and choose the file again: once fetched, the typeface is kept and works offline.",
};

/** The program with its typefaces in it. */
class Desk {
  private constructor(
    private readonly program: Program,
    private readonly desk: number,
  ) {}

  static async open(): Promise<Desk> {
    const address = "./documents.js"; // not bundled: it is what the compiler wrote
    const { default: createDocuments } = (await import(address)) as { default: () => Promise<Program> };
    const program = await createDocuments();
    const desk = new Desk(program, program._documents_desk());
    const files = Array.from({ length: program._documents_font_count() }, (_, font) => program.UTF8ToString(program._documents_font_file(font)));
    const fonts = await Promise.all(files.map((file) => fetchAll(`fonts/${file}`)));
    fonts.forEach((bytes, font) => desk.lend(bytes, (at) => program._documents_font(desk.desk, font, at, bytes.length)));
    return desk;
  }

  async carryOut({ id, job, bytes }: Order): Promise<Answer> {
    const { program, desk } = this;
    let done = 0;
    for (;;) {
      done = this.lend(bytes, (at) => (job === "print" ? program._documents_print(desk, at, bytes.length) : program._documents_check(desk, at, bytes.length)));
      const wanted = program.UTF8ToString(program._documents_wanted_face(desk));
      if (wanted === "") break;
      // A script that this paper needs and none before it did. Without it there is no paper: one with other letters would have other bytes.
      const face = await fetchAll(`fonts/${wanted}`).catch((error: unknown) => console.warn("A typeface could not be fetched:", error));
      if (face === undefined) return { id, refusal: { code: "face_not_fetched", message: words_without_face[job], where: wanted } };
      this.lend(face, (at) => program._documents_lend_face(desk, at, face.length));
    }
    if (done === 0) {
      const code = program.UTF8ToString(program._documents_error_code(desk));
      const message = program.UTF8ToString(program._documents_error_message(desk));
      return { id, refusal: { code, message, where: program.UTF8ToString(program._documents_error_where(desk)) } };
    }
    const at = program._documents_answer_bytes(desk);
    return { id, bytes: program.HEAPU8.slice(at, at + program._documents_answer_size(desk)), pages: program._documents_answer_pages(desk) };
  }

  private lend<T>(bytes: Uint8Array, use: (pointer: number) => T): T {
    const at = this.program._malloc(Math.max(1, bytes.length));
    if (at === 0) throw new Error("out of memory");
    this.program.HEAPU8.set(bytes, at);
    const result = use(at);
    this.program._free(at);
    return result;
  }
}

let desk: Promise<Desk> | undefined;
let turn = Promise.resolve();

scope.addEventListener("message", ({ data }) => {
  turn = turn.then(() => answer(data));
});

async function answer(order: Order): Promise<void> {
  let failure: Failure["failure"] = "not_loaded";
  try {
    const open = await (desk ??= Desk.open());
    failure = "press_stopped";
    const made = await open.carryOut(order);
    scope.postMessage(made, "bytes" in made ? [made.bytes.buffer] : []);
  } catch (error) {
    scope.postMessage({ failure, cause: String(error) });
  }
}
