import type { AppState, PageContext } from '../app/app-state.ts';

/** An origin that is known this well or better shows distances as they are, metres. Phones in a street reach 5 to 50 m. */
const EXACT_METRES = 100;

/** Whether the origin is known so roughly that the distance may be zero. */
export function isRough({ originAccuracy }: AppState, metres: number): boolean {
  return originAccuracy > EXACT_METRES && metres < originAccuracy;
}

/** The distance of a branch, no more precise than the origin: an upper bound if it may be zero. */
export function shownDistance({ t, state }: Pick<PageContext, 't' | 'state'>, metres: number): string {
  const { originAccuracy } = state;
  if (originAccuracy <= EXACT_METRES) return t.distance(metres);
  if (isRough(state, metres)) return t.foundWithin(t.roughDistance(metres + originAccuracy));
  return t.about(t.roughDistance(metres));
}
