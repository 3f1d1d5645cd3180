// What people read when the portal cannot start or has stopped: what happened, and what they can do.

export function reportFailure(reason: unknown): void {
  console.error(reason);
  const started = document.body.classList.contains("ready");
  const box = document.getElementById("failure");
  const words = document.getElementById("failure-words");
  if (box === null || words === null) return;
  document.getElementById("skeleton")?.remove();
  words.textContent = typeof WebAssembly === "undefined" ? no_webassembly : started ? stopped : offlineOr(reason);
  document.body.classList.add("failed");
  document.body.removeAttribute("aria-busy");
  box.hidden = false;
  document.getElementById("failure-again")?.addEventListener("click", () => location.reload(), { once: true });
  box.focus();
}

const no_webassembly =
  "This browser cannot run the portal, because WebAssembly is switched off or missing. Use a current version of Edge, Chrome, Firefox or " +
  "Safari, or ask your IT team to allow WebAssembly for this address.";
const stopped = "The portal has stopped because of a fault. What was saved is kept. Load the page again to go on.";

function offlineOr(reason: unknown): string {
  if (!navigator.onLine) return "This device is offline, and the portal has not been kept on it yet. Connect, then try again.";
  const cause = reason instanceof Error ? reason.message : String(reason);
  return `The portal could not be loaded (${cause}). Check the connection, then try again.`;
}
