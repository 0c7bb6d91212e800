/** Links to files that the API creates: results as CSV, GeoJSON or a calendar, and calendars of vendors. */
const OF_API = /^(?:search\?|trucks\/)/;

/**
 * Saves what a pressed link to a file of the API leads to. On a static site no server has it. Other links stay as they are.
 * @param api takes the place of `fetch`
 */
export function downloadLocally(api: typeof fetch): void {
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[download]');
    const path = link?.getAttribute('href') ?? '';
    if (!OF_API.test(path)) return;
    event.preventDefault();
    void save(api, path);
  });
}

async function save(api: typeof fetch, path: string): Promise<void> {
  const response = await api(path);
  const [, name] = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '') ?? [];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name ?? 'curbside.txt';
  link.click();
  // The browser has read the address by then; until it is revoked, the file stays in memory.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
