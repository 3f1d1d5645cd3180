// The start of the page: fonts and program are fetched side by side, then the program is given the page.

import { Drafts } from "./drafts.js";
import { fetchAll } from "./fetch.js";
import { Mirror } from "./mirror.js";
import { Settings } from "./settings.js";
import type { Program } from "./shell.js";
import { Shell } from "./shell.js";
import { reportFailure } from "./failure.js";
import { keepOffline } from "./offline.js";
import { Parts } from "./parts.js";
import { SecondPart } from "./second_part.js";
import { listenToSkipLink } from "./skip_link.js";
import { ViewChoice } from "./view.js";

declare global {
  interface Window {
    /** Counters for tests and curious people: frames, patches, view. */
    portal?: Shell["counters"];
  }
}

/** In the order of ui::FontFiles (src/ui/screen.h). */
const faces = ["PortalSans-Regular", "PortalSans-SemiBold", "PortalSans-Bold", "PortalSans-Italic", "PortalCode-Regular"];
/** A first visit to the start page is set in so many of them. */
const first_faces = 3;
const isFirstFace = ({ family, style }: FontFace) => family.includes("Sans") && style === "normal";

const fontFiles = (names: readonly string[]) => Promise.all(names.map((face) => fetchAll(`fonts/pages/${face}.ttf`)));
/** Elements and canvas must be set in the same faces before their first frame. */
const loadFaces = (isWanted: (face: FontFace) => boolean) => Promise.allSettled([...document.fonts].filter(isWanted).map((face) => face.load()));

interface FactoryOptions {
  shell: Shell;
  instantiateWasm: Awaited<ReturnType<Parts["ready"]>>;
  onAbort: (reason: unknown) => void;
}
type Factory = (options: FactoryOptions) => Promise<Program>;

function element<Type extends HTMLElement>(id: string): Type {
  return document.getElementById(id) as Type;
}

/** The copy of a shared workspace that this browser has left. */
function forgetWhatWasLeft(settings: Settings): void {
  const database = settings.get("left");
  if (database === "") return;
  indexedDB.deleteDatabase(database);
  settings.set("left", "");
}

/** Whether the start page of a browser that keeps nothing yet is opened: the program's first part is enough for that. */
async function isFirstVisit(): Promise<boolean> {
  if (!["", "#/"].includes(location.hash)) return false;
  try {
    return (await indexedDB.databases()).length === 0;
  } catch {
    return false;
  }
}

async function start(): Promise<void> {
  const isFirst = await isFirstVisit();
  const parts = new Parts(!isFirst);
  const second = new SecondPart(async () => {
    const [fonts] = await Promise.all([fontFiles(faces.slice(first_faces)), loadFaces(() => true), parts.addSecond()]);
    shell.addFonts(fonts, first_faces);
  }, !isFirst);
  const root = element("mirror");
  const canvas = element<HTMLCanvasElement>("canvas");
  const settings = new Settings();
  const mirror = new Mirror(root);
  const drafts = new Drafts();
  const shell = new Shell(root, element("drawing"), canvas, mirror, new ViewChoice(canvas, settings), settings, drafts, second);
  window.portal = shell.counters;
  forgetWhatWasLeft(settings);
  listenToSkipLink();

  const address = "./portal.js"; // not bundled: it is what the compiler wrote
  const module = import(address) as Promise<{ default: Factory }>;
  const [program, fonts] = await Promise.all([
    Promise.all([module, parts.ready()]).then(([{ default: createPortal }, instantiateWasm]) => createPortal({ shell, instantiateWasm, onAbort: reportFailure })),
    fontFiles(isFirst ? faces.slice(0, first_faces) : faces),
    loadFaces(isFirst ? isFirstFace : () => true),
    drafts.open(),
  ]);
  shell.start(program, fonts);
  if (isFirst) {
    await shell.usable;
    await second.get();
  }
  keepOffline();
}

start().catch(reportFailure);
