import { describe, expect, it } from 'vitest';
import { withShareTags } from '../../../../functions/http/responses/share-tags.ts';

const PAGE = '<meta property="og:title" content="Curbside">';
const titleOf = (q: string) => /content="([^"]*)"/.exec(withShareTags(PAGE, { origin: 'http://town.example', q }))?.[1];

describe('the title of a shared search', () => {
  it.each([
    ['w\0', 'w · Curbside'],
    ['\u001b[31mred\u0007 tacos', 'red tacos · Curbside'],
    ['\u202etacos', 'tacos · Curbside'],
    ['\0', 'Curbside'],
    ['塔可', '塔可 · Curbside'],
  ])('of %j has no character that acts on a terminal or reorders text', (q, title) => {
    expect(titleOf(q)).toBe(title);
  });
});
