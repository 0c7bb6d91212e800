import { recall, remember } from './remembered.ts';

type ListKey = 'recent' | 'favourites';

/** The entries that the device has kept under a key, without those of another shape; `null` if it has kept no list. */
export function readStoredList<Entry>(
  key: ListKey,
  isEntry: (value: unknown) => value is Entry,
): readonly Entry[] | null {
  try {
    const list: unknown = JSON.parse(recall(key) ?? 'null');
    return Array.isArray(list) ? list.filter(isEntry) : null;
  } catch {
    return null;
  }
}

export function storeList(key: ListKey, entries: readonly unknown[]): void {
  remember(key, JSON.stringify(entries));
}
