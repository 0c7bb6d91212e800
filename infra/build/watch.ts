import { existsSync, readdirSync, watch } from 'node:fs';

/** An editor writes a file in several steps, and saving a project writes several files. */
const SETTLE_MS = 40;

/**
 * Calls `changed` with the paths that changed below some folders: one call per burst of changes, never two calls at once.
 * Folders are watched rather than files, because editors and containers replace files, which a folder reports as one event.
 * esbuild's own watch mode polls files in turn, which takes up to two seconds.
 */
export function watchFolders(roots: readonly string[], changed: (paths: readonly string[]) => Promise<void>): void {
  const watched = new Set<string>();
  const paths = new Set<string>();
  let running = false;

  function add(folder: string): void {
    if (!watched.has(folder)) {
      watched.add(folder);
      const watcher = watch(folder, (_event, name) => {
        paths.add(`${folder}/${name}`);
        setTimeout(settle, SETTLE_MS);
        // A removed folder may come back under the same name.
        if (!existsSync(folder) && watched.delete(folder)) watcher.close();
      });
    }
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && existsSync(`${folder}/${entry.name}`)) add(`${folder}/${entry.name}`);
    }
  }

  async function settle(): Promise<void> {
    if (running || paths.size === 0) return;
    running = true;
    for (const root of roots) add(root);
    const burst = [...paths];
    paths.clear();
    await changed(burst);
    running = false;
    await settle();
  }

  for (const root of roots) add(root);
}
