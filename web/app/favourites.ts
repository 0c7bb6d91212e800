import type { TruckBranch } from '../api/types.ts';
import { readStoredList, storeList } from '../device/stored-list.ts';
import { homeUrlState, withAnyStatus, withPlace, withText } from './url-changes.ts';
import type { UrlState } from './url-state.ts';

/** A vendor that the user has saved on this device, with what shows it without a connection. */
export type Favourite = { readonly id: string; readonly name: string; readonly address: string | null };

/** Vendors that are kept, newest first. */
const MOST_FAVOURITES = 100;

export function storedFavourites(): readonly Favourite[] {
  return readStoredList('favourites', isFavourite) ?? [];
}

/**
 * Adds a vendor, or removes it. Reads what is stored first: another tab may have changed it.
 * @param known the vendors that the page shows, which are all where the browser stores nothing
 */
export function toggleFavourite(vendor: Favourite, known: readonly Favourite[]): readonly Favourite[] {
  const stored = readStoredList('favourites', isFavourite) ?? known;
  const others = stored.filter(({ id }) => id !== vendor.id);
  const changed = others.length < stored.length ? others : [vendor, ...stored].slice(0, MOST_FAVOURITES);
  storeList('favourites', changed);
  return changed;
}

function isFavourite(value: unknown): value is Favourite {
  const { id, name, address } = (value ?? {}) as Record<string, unknown>;
  return typeof id === 'string' && typeof name === 'string' && (address === null || typeof address === 'string');
}

/** What the API says about a saved vendor: it has no such vendor any more, or the branch to open. */
export type SavedVendorCheck = 'gone' | Pick<TruckBranch, 'id' | 'status'>;

/** A search that finds a saved vendor, with its place open if the API has told one. */
export function savedVendorState(
  urlState: UrlState,
  { name }: Favourite,
  check: SavedVendorCheck | undefined,
): UrlState {
  const found = withText(homeUrlState(urlState), name);
  if (check === undefined || check === 'gone') return found;
  return withPlace(withAnyStatus(found, check.status !== 'approved'), check.id);
}
