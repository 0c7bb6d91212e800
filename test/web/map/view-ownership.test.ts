import { describe, expect, it } from 'vitest';
import { mayFit, nextOwnership, OWNED_BY_PAGE } from '../../../web/map/view-ownership.ts';

describe('the map view', () => {
  it('offers to search there only after a user’s move, and only if there is something to search', () => {
    expect(nextOwnership(OWNED_BY_PAGE, 'person-moved', true)).toEqual({ movedBy: 'person', offer: true });
    expect(nextOwnership(OWNED_BY_PAGE, 'person-moved', false).offer).toBe(false);
    expect(nextOwnership(OWNED_BY_PAGE, 'program-moved', true).offer).toBe(false);
  });
  it('stays where a user moved it as long as some of the results are there', () => {
    const held = nextOwnership(OWNED_BY_PAGE, 'person-moved', true);
    expect([mayFit(held, true), mayFit(held, false), mayFit(OWNED_BY_PAGE, true)]).toEqual([false, true, true]);
  });
  it('stays, and the offer disappears, once it is searched', () => {
    const searched = nextOwnership(nextOwnership(OWNED_BY_PAGE, 'person-moved', true), 'searched-here', true);
    expect(searched).toEqual({ movedBy: 'person', offer: false });
    expect(mayFit(searched, true)).toBe(false);
  });
  it('is the page’s again after "near me"', () => {
    const held = nextOwnership(OWNED_BY_PAGE, 'person-moved', true);
    expect(mayFit(nextOwnership(held, 'released', true), true)).toBe(true);
  });
});
