/** What became of a link that was to be shared. */
export type ShareOutcome = 'shared' | 'copied' | 'cancelled' | 'failed';

/** Offers a link to the device's own sharing, or copies it. Call it on a press of the person only. */
export async function shareLink(url: string, title: string): Promise<ShareOutcome> {
  if (typeof navigator.share === 'function') {
    try {
      await navigator.share({ url, title });
      return 'shared';
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return 'cancelled';
    }
  }
  try {
    await navigator.clipboard.writeText(url);
    return 'copied';
  } catch {
    return 'failed';
  }
}
