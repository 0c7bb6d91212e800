import { existsSync, readdirSync, watch } from 'node:fs';

/** An editor writes a file in several steps, and a saved project is several files. */
const SETTLE_MS = 40;

/**
 * Calls `changed` with the paths that changed below some folders, those of one moment together and one call after the other.
 * Each folder is watched by itself: a file that is replaced, as editors and containers do it, is one event of its folder.
 * esbuild's own watching looks at files in turn, which takes up to two seconds.
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
        // One of the same name may come back.
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
    const now = [...paths];
    paths.clear();
    await changed(now);
    running = false;
    await settle();
  }

  for (const root of roots) add(root);
}
