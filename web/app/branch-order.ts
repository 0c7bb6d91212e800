import { minutesToOpen } from '../../functions/model/hours/open-state.ts';
import type { TruckBranch } from '../api/types.ts';
import { type ClientFilter, openStateOf } from './client-filter.ts';

/**
 * A vendor's branches, the one that matters most first: open at the filter's minute, else the nearest, else the next to open. A list
 * sorted by distance has the nearest first, so that its distances are in order.
 */
export function branchesByUse(
  branches: readonly TruckBranch[],
  filter: Pick<ClientFilter, 'minute'> | null,
  sort: string,
): readonly TruckBranch[] {
  if (!filter || branches.length < 2) return branches;
  const { minute } = filter;
  const ranked = branches.map((branch) => ({
    branch,
    isOpen: openStateOf(branch, { minute, openForMinutes: null, openWithinMinutes: 0 }) === 'open',
    metres: branch.distance_m ?? 0,
    wait: minutesToOpen(branch.week, minute) ?? Number.MAX_SAFE_INTEGER,
  }));
  ranked.sort(
    (a, b) => (sort === 'distance' ? 0 : Number(b.isOpen) - Number(a.isOpen)) || a.metres - b.metres || a.wait - b.wait,
  );
  return ranked.map(({ branch }) => branch);
}
