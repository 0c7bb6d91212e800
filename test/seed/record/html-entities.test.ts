import { describe, expect, it } from 'vitest';
import { decodeEntities } from '../../../seed/record/html-entities.ts';
import { sanFrancisco } from '../../fixtures/cities.ts';
import { csv, releaseOf } from '../tables.ts';

describe('HTML entities', () => {
  it.each([
    ['Mac &amp; Cheese', 'Mac & Cheese'],
    ['Jalape&ntilde;o Cr&egrave;me Br&ucirc;l&eacute;e', 'Jalapeño Crème Brûlée'],
    ['M&#39;s, M&#x27;s, M&apos;s, M&rsquo;s', "M's, M's, M's, M’s"],
    ['&#241;and&#250; &#xF1;', 'ñandú ñ'],
    // Windows-1252 numbers, as browsers read them.
    ['Joe&#146;s &#150; tacos', 'Joe’s – tacos'],
    ['Mac &amp;amp; Cheese', 'Mac & Cheese'],
    ['Mac &AMP; Cheese', 'Mac & Cheese'],
    ['&yuml; &nbsp;', 'ÿ \u00a0'],
    // Numbers of no character, as the HTML standard reads them.
    ['&#0;&#xD800;&#1234567;', '\ufffd\ufffd\ufffd'],
  ])('%s: %s', (text, decoded) => {
    expect(decodeEntities(text)).toBe(decoded);
  });

  it.each(['AT&T; tea', 'PB&J', 'a & b; c', '&unknown;', '&;', 'https://a.test/?a=1&lt=2'])(
    '%s stays as it is',
    (text) => {
      expect(decodeEntities(text)).toBe(text);
    },
  );

  it('are decoded in names, addresses and food, before a text is split at its semicolons', () => {
    const table = csv(
      'locationid,Applicant,Status,FoodItems,Address,Latitude,Longitude',
      '1,Tacos &amp; M&#39;s,APPROVED,Mac &amp; Cheese; Jalape&ntilde;o poppers,1ST &amp; MAIN,37.76,-122.42',
    );
    expect(releaseOf(sanFrancisco, table).release.vendors).toMatchObject([
      { name: "Tacos & M's", items: ['Mac & Cheese', 'Jalapeño poppers'], branches: [{ address: '1ST & MAIN' }] },
    ]);
  });
});
