import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../functions/config/config.ts';
import { readableValue, toAsciiValues } from '../../../infra/stack/ascii-values.ts';
import { Parameters, text } from './template.ts';

describe('the values of parameters', () => {
  it.each(['© OpenStreetMap', '© Město Praha, ČR', '東京都', 'Fête 🎉', 'plain', ''])(
    'reach the function although CloudFormation returns a question mark for characters outside ASCII: %s',
    (attribution) => {
      const link = 'https://tiles.example.org';
      const value =
        toAsciiValues(new Map([['TilesAttribution', `${attribution} ${link}`]])).get('TilesAttribution') ?? '';
      expect(value).toMatch(/^[\x20-\x7e]*$/);
      expect(readableValue(value)).toBe(`${attribution} ${link}`);
      expect(readConfig([], { TILES_ATTRIBUTION: value }).tiles).toMatchObject({ attribution, attributionUrl: link });
    },
  );

  it.each([
    ['DomainName', 'café.example.org'],
    ['AlertEmail', 'chef@café.example'],
    ['TilesUrl', 'https://tiles.example.org/città/{z}/{x}/{y}.png'],
  ])('of %s must be ASCII', (name, value) => {
    expect(() => toAsciiValues(new Map([[name, value]]))).toThrow(
      `${name} must have ASCII characters only, got "${value}"`,
    );
  });

  it('have ASCII defaults', () => {
    const defaults = Object.values(Parameters).map(({ Default }) => String(Default ?? ''));
    expect(defaults.length).toBeGreaterThan(15);
    expect(defaults.filter((one) => /[^\x20-\x7e]/.test(one))).toEqual([]);
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
  });
});
