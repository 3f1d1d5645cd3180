// What a person does, told to the program by key. The elements own the doing; the program hears of it.

import type { Mirror } from "./mirror.js";
import { ReadingWords } from "./reading.js";

export interface ChosenFile {
  name: string;
  /** Nothing: it cannot be read (a folder, one that another program holds, one that is kept elsewhere and cannot be fetched). */
  bytes: Uint8Array | undefined;
}

/** What hears of it: the program (shell.ts), or a test. */
export interface Listener {
  clicked(key: string): void;
  /** A link to the address that is shown already was pressed. */
  opened(): void;
  leaving(key: string): void; // by this link, to another page
  typed(key: string, text: string): void;
  ticked(key: string, on: boolean): void;
  dismissed(key: string): void;
  files(key: string, files: ChosenFile[]): Promise<void>;
  focused(key: string, visible: boolean): void;
}

/** Listens on the mirror's root and the window. Where the pointer is, is no matter of the program's: style sheets show it. */
export function listen(root: HTMLElement, mirror: Mirror, listener: Listener): void {
  listenToControls(root, mirror, listener);
  listenToFocus(root, mirror, listener);
  listenToDrops(mirror, listener);
}

function listenToControls(root: HTMLElement, mirror: Mirror, listener: Listener): void {
  let pressed = "";
  root.addEventListener("click", (event) => {
    const target = (event.target as Element).closest("button, a");
    const key = mirror.keyOf(target);
    if (target === null || key === undefined) return;
    // The second click of a double one is meant for what was under the first, not for what has taken its place.
    const strays = event.detail > 1 && key !== pressed;
    if (event.detail < 2) pressed = key;
    if (strays) {
      event.preventDefault();
      return;
    }
    if (target.getAttribute("aria-disabled") === "true") {
      event.preventDefault();
    } else if (target instanceof HTMLButtonElement) {
      listener.clicked(key);
    } else {
      // "#/…" is an address: the browser opens it. Any other "#…" is a place on this page, which the program knows.
      const href = target.getAttribute("href") ?? "";
      if (href.startsWith("#") && !href.startsWith("#/")) {
        event.preventDefault();
        listener.clicked(key);
      } else if (href === location.hash && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
        event.preventDefault();
        listener.opened();
      } else if (href.startsWith("#/")) {
        listener.leaving(key);
      }
    }
  });

  root.addEventListener("input", (event) => {
    const control = event.target as HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
    const key = mirror.keyOf(control);
    if (key === undefined || isTickOrFile(control)) return;
    mirror.touch(key);
    listener.typed(key, control.value);
  });

  root.addEventListener("change", (event) => {
    const control = event.target as HTMLInputElement;
    const key = mirror.keyOf(control);
    if (key === undefined || !isTickOrFile(control)) return;
    if (control.type === "file") {
      void give(key, control.files, listener);
      control.value = ""; // so that the same file can be chosen again
    } else {
      mirror.touch(key);
      listener.ticked(key, control.checked);
    }
  });

  root.addEventListener("submit", (event) => event.preventDefault());

  // Enter in a field presses the form's first primary button.
  root.addEventListener("keydown", (event) => {
    // The Enter that ends a composition chooses a word; WebKit tells of it after the composition, with this code.
    const composes = event.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || composes || event.defaultPrevented) return;
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || field.type === "file" || field.type === "button") return;
    const scope = field.closest("form, [role=search]");
    if (scope === null) return;
    event.preventDefault();
    scope.querySelector<HTMLButtonElement>("button.primary")?.click();
  });

  // Escape closes what a button has opened, where that loses nothing, and leads back to the button. In a search box that holds words it
  // is the browser's own: it empties the box.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || event.defaultPrevented || root.querySelector("dialog[open]") !== null) return;
    if (event.target instanceof HTMLInputElement && event.target.type === "search" && event.target.value !== "") return;
    const opener = root.querySelector<HTMLButtonElement>('.closed-by-escape[aria-expanded="true"]');
    if (opener === null) return;
    event.preventDefault();
    opener.focus();
    opener.click();
  });

  // Escape in a dialog asks the program, which closes it by not emitting it any more.
  root.addEventListener(
    "cancel",
    (event) => {
      const key = mirror.keyOf(event.target);
      if (key === undefined || !(event.target instanceof HTMLDialogElement)) return;
      event.preventDefault();
      listener.dismissed(key);
    },
    true,
  );
  // A browser may close it all the same on a second Escape.
  root.addEventListener(
    "close",
    (event) => {
      const key = mirror.keyOf(event.target);
      if (key !== undefined && event.target instanceof HTMLDialogElement && event.target.isConnected) listener.dismissed(key);
    },
    true,
  );
}

function isTickOrFile(control: Element): boolean {
  return control instanceof HTMLInputElement && ["checkbox", "radio", "file"].includes(control.type);
}

async function give(key: string, list: FileList | null, listener: Listener): Promise<void> {
  const files = [...(list ?? [])];
  if (files.length === 0) return;
  const words = new ReadingWords(files);
  const read = async (file: File): Promise<ChosenFile> => {
    try {
      return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
    } catch (error) {
      console.warn(`"${file.name}" cannot be read:`, error);
      return { name: file.name, bytes: undefined };
    } finally {
      words.countOne();
    }
  };
  const given = await Promise.all(files.map(read));
  await words.beforeLooking();
  await listener.files(key, given);
  words.end();
}

/**
 * A press moves focus before it is over. A row that shows all of its words because focus is in it (table.cpp, html-view.css) would be lower
 * at once, what stands below would go from under the pointer, and the press would be none: so until it is over that row is held.
 */
function listenToFocus(root: HTMLElement, mirror: Mirror, listener: Listener): void {
  let held: HTMLElement | null = null;
  let news: (() => void) | undefined;
  const tell = (key: string, visible: boolean) => {
    news = () => listener.focused(key, visible);
    if (held === null) release();
  };
  const release = () => {
    if (held !== null) delete held.dataset["held"];
    held = null;
    news?.();
    news = undefined;
  };
  const hold = (event: PointerEvent) => {
    release();
    if (event.button !== 0) return;
    held = root.querySelector<HTMLElement>(".calm tbody tr:has(:focus-visible)");
    if (held !== null) held.dataset["held"] = "";
  };
  window.addEventListener("pointerdown", hold, true);
  window.addEventListener("keydown", release, true);
  // The click comes in the same turn as the end of the press.
  for (const end of ["pointerup", "pointercancel", "contextmenu"]) window.addEventListener(end, () => setTimeout(release), true);
  root.addEventListener("focusin", (event) => {
    const target = event.target as Element;
    // A heading that focus is moved to is read out; it is no control, so it shows no ring.
    const visible = target.matches(":focus-visible") && !target.matches("main, h1, h2, h3, h4, h5, h6");
    tell(mirror.keyOf(target) ?? "", visible);
  });
  root.addEventListener("focusout", (event) => {
    // A window that loses focus keeps its place on the page.
    if (event.relatedTarget === null && document.hasFocus()) tell("", false);
  });
}

function listenToDrops(mirror: Mirror, listener: Listener): void {
  const takes = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
  const drag = (on: boolean) => document.body.classList.toggle("dragging", on);
  window.addEventListener("dragover", (event) => {
    if (!takes(event)) return;
    // Even where nothing takes the file: else the browser would leave the portal to show it.
    event.preventDefault();
    const can = mirror.firstFileInput() !== undefined;
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = can ? "copy" : "none";
    drag(can);
  });
  window.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) drag(false);
  });
  window.addEventListener("drop", (event) => {
    if (!takes(event)) return;
    event.preventDefault();
    drag(false);
    const target = mirror.keyOf(event.target);
    const key = target !== undefined && mirror.roleOf(target) === "file_input" ? target : mirror.firstFileInput();
    if (key !== undefined) void give(key, event.dataTransfer?.files ?? null, listener);
  });
}
