/** What `/readyz` says when something in the store is damaged. The log has the details, which are not for the public. */
const DAMAGED = 'part of the saved data is damaged or missing; the log says which';

type Reading = { readonly warnings: readonly string[] };

/**
 * Remembers whether the last reading of a store found anything damaged, or nothing where releases were before.
 * @param read reads the store's current release; `undefined`: it has none
 */
export function watchStore<Stored extends Reading>(
  read: () => Promise<Stored | undefined>,
): { readonly stored: () => Promise<Stored | undefined>; readonly notes: () => readonly string[] } {
  let hadRelease = false;
  let notes: readonly string[] = [];
  return {
    stored: async () => {
      try {
        const stored = await read();
        notes = stored ? notesOf(stored.warnings) : hadRelease ? [DAMAGED] : [];
        hadRelease ||= stored !== undefined;
        return stored;
      } catch (error) {
        notes = [DAMAGED];
        throw error;
      }
    },
    notes: () => notes,
  };
}

/** The notes on a release that was read with these warnings. */
export function notesOf(warnings: readonly string[]): readonly string[] {
  return warnings.length > 0 ? [DAMAGED] : [];
}
