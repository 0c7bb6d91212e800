/** Links to files that the API creates: results as CSV, GeoJSON or a calendar, and calendars of vendors. */
const OF_API = /^(?:search\?|trucks\/)/;

/** Answers a request in place of a server. */
export type AnswerLocally = (path: string) => Promise<Response>;

/**
 * Saves what a pressed link to a file of the API leads to, when the page answers by itself. Other links stay as they are.
 * @param api what answers now; `undefined`: a server does, and the browser saves its answer without waiting for the whole of it
 */
export function downloadLocally(api: () => AnswerLocally | undefined): void {
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[download]');
    const path = link?.getAttribute('href') ?? '';
    const answer = OF_API.test(path) && api();
    if (!answer) return;
    event.preventDefault();
    void save(answer, path);
  });
}

async function save(answer: AnswerLocally, path: string): Promise<void> {
  // Not in the document, so that pressing it is not handled again.
  const link = document.createElement('a');
  link.href = path;
  link.download = '';
  const response = await answer(path).catch(() => null);
  // Otherwise the browser asks the server, and says that this failed.
  if (response?.ok) {
    const [, name] = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '') ?? [];
    link.href = URL.createObjectURL(await response.blob());
    // GeoJSON has no name, because programs show it too.
    link.download = name ?? `curbside.${new URLSearchParams(path.slice(path.indexOf('?'))).get('format') ?? 'txt'}`;
    // The browser has read the address by then; until it is revoked, the file stays in memory.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }
  link.click();
}
