/** Where the built service worker lies; empty while developing, when nothing must be kept. */
declare const WORKER_URL: string;

/** Keeps the page and its last answers on this device. Not in somebody else's page. */
export function keepOffline(embedded: boolean): void {
  if (WORKER_URL === '' || embedded || !('serviceWorker' in navigator)) return;
  // A device that refuses (private windows do) loses nothing but this.
  navigator.serviceWorker.register(WORKER_URL).catch(() => undefined);
}
