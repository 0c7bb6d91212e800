import { describe, expect, it } from 'vitest';
import { rollbackTarget } from '../../../infra/stack/lambda-functions.ts';

describe('rollbackTarget', () => {
  const versions = [4, 3, 2].map((number) => ({
    number,
    revision: `r${number}`,
    at: '',
    isLive: number === 3,
    share: 0,
  }));

  it('is the newest version before the live one, or the requested one', () => {
    expect(rollbackTarget(versions, undefined).number).toBe(2);
    expect(rollbackTarget(versions, 4).number).toBe(4);
  });

  it('lists the published versions if there is no such version', () => {
    expect(() => rollbackTarget(versions, 3)).toThrow('version 3 is live already');
    expect(() => rollbackTarget(versions, 9)).toThrow('no version 9; published versions: 4, 3 (live), 2');
    expect(() => rollbackTarget([{ number: 1, revision: '', at: '', isLive: true, share: 0 }], undefined)).toThrow(
      /no version before/,
    );
  });
});
