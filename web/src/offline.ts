// The portal offline: a service worker keeps one whole version of the site (service_worker.ts). A new version is fetched beside it and
// taken only when a person asks, for every open page at once: two versions never mix.

import { scriptAddress } from "./scripts.js";
import { whenAllFinished } from "./unfinished.js";

export function keepOffline(): void {
  if (!("serviceWorker" in navigator)) return;
  const { serviceWorker } = navigator;
  // Without a controller the first worker takes over silently: this page already is its version.
  const wasControlled = serviceWorker.controller !== null;
  serviceWorker.addEventListener("controllerchange", () => {
    if (wasControlled) location.reload();
  });
  serviceWorker
    .register(scriptAddress("sw.js"), { updateViaCache: "none" })
    .then((registration) => {
      const offer = () => {
        if (registration.waiting !== null && serviceWorker.controller !== null) offerReload(registration.waiting);
      };
      offer();
      registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "visible") registration.update().catch(reportNoUpdate);
      });
    })
    .catch((error: unknown) => console.warn("The portal will not open offline:", error));
}

/** Offline, most likely: the kept version goes on. */
function reportNoUpdate(error: unknown): void {
  console.info("Whether there is a newer version could not be asked:", error);
}

function offerReload(waiting: ServiceWorker): void {
  const notice = document.getElementById("notice");
  if (notice === null || notice.firstChild !== null) return;
  const words = document.createElement("p");
  words.textContent = "A new version is ready. Reloading takes every open tab of the portal along.";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Reload";
  button.addEventListener("click", () => {
    button.disabled = true;
    const takeOver = () => waiting.postMessage("take over");
    const sayThatItWaits = () => (words.textContent = "The new version waits: a tab of the portal holds a change that is not saved yet. It is loaded as soon as that is saved.");
    whenAllFinished(takeOver, sayThatItWaits).catch((error: unknown) => {
      console.warn("It is not known whether other tabs are ready:", error);
      takeOver();
    });
  });
  notice.append(words, button);
}
