import { describe, expect, it } from 'vitest';
import { createProgress, type ProgressEvent } from '../../seed/progress.ts';

describe('progress', () => {
  const event = (done: number, total: number | null, phase = 'fetching'): ProgressEvent => ({
    phase,
    source: 'permits',
    done,
    total,
    unit: 'bytes',
  });
  function view(isTTY: boolean) {
    let text = '';
    let time = 0;
    const stream = { isTTY, columns: 70, write: (part: string) => (text += part) };
    return { ...createProgress(stream, () => time), text: () => text, wait: (ms: number) => (time += ms) };
  }

  it('is one line on a terminal, never wider than it, and is erased at the end', () => {
    const shown = view(true);
    shown.update(event(500_000, 2_000_000));
    shown.update(event(600_000, 2_000_000));
    shown.wait(100);
    shown.update(event(2_000_000, 2_000_000));
    shown.say('done');
    shown.update(event(1, null, 'reading a source with a name that is far wider than the terminal is'));
    expect(shown.text().split('\r').slice(1)).toEqual([
      `[######------------------] permits: fetching, 500 kB of 2.0 MB\u001b[K`,
      `[########################] permits: fetching, 2.0 MB of 2.0 MB\u001b[K`,
      '\u001b[Kdone\n',
      'permits: reading a source with a name that is far wider than the term\u001b[K',
    ]);
  });

  it('is a few plain lines elsewhere', () => {
    const shown = view(false);
    for (let i = 0; i <= 100; i++) {
      shown.update(event(i * 1000, 100_000));
      shown.wait(70);
    }
    shown.update(event(1, null, 'reading'));
    shown.end();
    expect(shown.text().split('\n')).toEqual([
      'permits: fetching, 0 kB of 100 kB',
      'permits: fetching, 72 kB of 100 kB',
      'permits: fetching, 100 kB of 100 kB',
      'permits: reading, 1 kB',
      '',
    ]);
  });

  it.each([
    [{ done: 1, total: 5, unit: 'tries' }, '1 of 5 tries'],
    [{ done: 1, total: 1, unit: 'rows' }, '1 of 1 row'],
    [{ done: 1, total: null, unit: 'rows' }, '1 row'],
    [{ done: 2_000, total: null, unit: 'rows' }, '2000 rows'],
    [{ done: 3, total: 4 }, '3 of 4'],
  ] as const)('%j reads "%s"', (amount, text) => {
    const shown = view(false);
    shown.update({ phase: 'waiting', source: 'permits', ...amount });
    expect(shown.text()).toBe(`permits: waiting, ${text}\n`);
  });
});
