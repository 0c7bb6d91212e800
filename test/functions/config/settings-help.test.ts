import { describe, expect, it } from 'vitest';
import { GROUPS } from '../../../functions/config/setting.ts';
import { SETTINGS } from '../../../functions/config/settings.ts';
import { settingsHelp, settingsTable } from '../../../functions/config/settings-help.ts';

describe('the settings as --help prints them', () => {
  const lines = settingsHelp().split('\n');

  it('fit into 100 columns, without Markdown', () => {
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(settingsHelp()).not.toMatch(/[`|]/);
  });

  it('have a heading for each group and a line for each flag', () => {
    for (const heading of Object.values(GROUPS)) expect(lines).toContain(heading);
    const flags = lines.flatMap((line) => /^ {2}--(\S+)/.exec(line)?.[1] ?? []);
    expect(new Set(flags)).toEqual(new Set([...Object.values(SETTINGS).map(({ flag }) => flag), 'source']));
    expect(flags).toHaveLength(new Set(flags).size);
  });

  it('align their texts', () => {
    const texts = lines.filter((line) => line.startsWith(' ')).map((line) => line.slice(29));
    expect(texts.length).toBeGreaterThan(30);
    for (const text of texts) expect(text).toMatch(/^\S/);
  });

  it('show the variable and the default', () => {
    expect(settingsHelp()).toContain('[PORT, default 8080]');
    expect(settingsHelp()).toContain('[OPENSEARCH_URL]');
  });
});

describe('README’s table of settings', () => {
  it('has a row for each setting', () => {
    const rows = settingsTable().split('\n').slice(2);
    expect(rows).toHaveLength(Object.keys(SETTINGS).length + 1);
    expect(rows[0]).toBe('| `--port` | `PORT` | `8080` | Port to listen on; 0 picks a free one. |');
  });
});
