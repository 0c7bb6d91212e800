import { describe, expect, it } from 'vitest';
import { afterMove, mayFrame, OWNED_BY_PAGE } from '../../../web/map/view-ownership.ts';

describe('the map view', () => {
  it('offers to search there only after a user’s move, and only if there is something to search', () => {
    expect(afterMove(OWNED_BY_PAGE, 'person-moved', true)).toEqual({ movedBy: 'person', offer: true });
    expect(afterMove(OWNED_BY_PAGE, 'person-moved', false).offer).toBe(false);
    expect(afterMove(OWNED_BY_PAGE, 'program-moved', true).offer).toBe(false);
  });
  it('stays where a user moved it as long as some of the results are there', () => {
    const held = afterMove(OWNED_BY_PAGE, 'person-moved', true);
    expect([mayFrame(held, true), mayFrame(held, false), mayFrame(OWNED_BY_PAGE, true)]).toEqual([false, true, true]);
  });
  it('stays, and the offer disappears, once it is searched', () => {
    const searched = afterMove(afterMove(OWNED_BY_PAGE, 'person-moved', true), 'searched-here', true);
    expect(searched).toEqual({ movedBy: 'person', offer: false });
    expect(mayFrame(searched, true)).toBe(false);
  });
  it('is the page’s again after "near me"', () => {
    const held = afterMove(OWNED_BY_PAGE, 'person-moved', true);
    expect(mayFrame(afterMove(held, 'let-go', true), true)).toBe(true);
  });
});
