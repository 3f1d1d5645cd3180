// "Skip to main content": the address bar holds the portal's own address, so the link moves focus and leaves the address alone.

export function listenToSkipLink(): void {
  document.getElementById("skip")?.addEventListener("click", (event) => {
    event.preventDefault();
    const main = document.getElementById("main");
    main?.focus({ preventScroll: true });
    main?.scrollIntoView({ block: "start" });
  });
}
