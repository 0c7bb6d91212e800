import { describe, expect, it } from 'vitest';
import { parseSince } from '../../../infra/stack/logs.ts';

describe('parseSince', () => {
  it.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['2h', 7_200_000],
    ['3d', 259_200_000],
  ])('converts %s to %i ms', (text, ms) => {
    expect(parseSince(text)).toBe(ms);
  });
  it.each(['', '15', 'm', '0m', '1w', '-1m'])('rejects "%s"', (text) => {
    expect(() => parseSince(text)).toThrow(/--since must be/);
  });
});
