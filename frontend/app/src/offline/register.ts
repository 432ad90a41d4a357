export function registerWorker(): void {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  window.addEventListener("load", () => {
    navigator.serviceWorker.register("/sw.js").catch((error: unknown) => {
      // Without it the application works all the same, only not offline.
      console.warn("no offline reading:", error);
    });
  });
}

/** Whoever signs out leaves nothing behind of what was read: kept answers are dropped. */
export async function forgetAnswers(): Promise<void> {
  const names = "caches" in window ? await caches.keys() : [];
  await Promise.all(names.filter((name) => name.startsWith("answers")).map((name) => caches.delete(name)));
}
