// What was asked for in a shared workspace and is not in the outbox yet (sharing.ts): localStorage has it at once, also while the outbox is
// still being opened, and when the page is left before the outbox has it.

const prefix = "connection-agreements.shared-pending.";

/** Where there is no room for it the outbox alone keeps it, a moment later. */
export function keepPending(id: string, text: string): void {
  try {
    localStorage.setItem(prefix + id, text);
  } catch (error) {
    console.warn("Kept by the outbox alone:", error);
  }
}
export const forgetPending = (id: string): void => localStorage.removeItem(prefix + id);

/** [id, text] of each. */
export function allPending(): [string, string][] {
  return Object.keys(localStorage)
    .filter((name) => name.startsWith(prefix))
    .map((name) => [name.slice(prefix.length), localStorage.getItem(name) ?? ""]);
}
