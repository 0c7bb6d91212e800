import { describe, expect, it } from 'vitest';
import { checkRequestId, parseSince } from '../../../infra/stack/logs.ts';

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

describe('checkRequestId', () => {
  it('accepts the ids of Lambda and of the server', () => {
    expect(checkRequestId('8f507cfc-xmpl-4697-b07a-ac58fc914c95')).toBe('8f507cfc-xmpl-4697-b07a-ac58fc914c95');
  });
  it.each(['', 'a"b', 'a b', '{ $.a = 1 }', 'a'.repeat(65)])('rejects "%s"', (text) => {
    expect(() => checkRequestId(text)).toThrow(/--request must be/);
  });
});
