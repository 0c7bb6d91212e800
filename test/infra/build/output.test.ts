import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { completeOutput, isBuilt, writeOutput } from '../../../infra/build/output.ts';

const HOUR_MS = 60 * 60 * 1000;

describe('the build directory', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'curbside-output-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  async function build(inputs: string, files: Readonly<Record<string, string>>): Promise<void> {
    await writeOutput(directory, new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])));
    await completeOutput(directory, { inputs, paths: Object.keys(files) });
  }
  const has = (path: string) => existsSync(`${directory}/${path}`);
  function age(path: string, hours: number): void {
    const then = new Date(Date.now() - hours * HOUR_MS);
    utimesSync(`${directory}/${path}`, then, then);
  }

  const first = {
    'server.js': '1',
    'chunks/document-AAAAAAAA.js': '1',
    'web/index.html': '1',
    'web/assets/main-AAAAAAAA.js': '1',
    'lambda/index.js': '1',
    'lambda/chunks/later-AAAAAAAA.js': '1',
    'lambda/releases/2026-01-01/index.bin': '1',
  };
  const second = {
    'server.js': '2',
    'chunks/document-BBBBBBBB.js': '2',
    'web/index.html': '2',
    'web/assets/main-BBBBBBBB.js': '2',
    'lambda/index.js': '2',
    'lambda/chunks/later-BBBBBBBB.js': '2',
  };

  it('keeps the replaced chunks of the server and the page, and nothing else of an earlier build', async () => {
    await build('a', first);
    await build('b', second);
    expect(readFileSync(`${directory}/server.js`, 'utf8')).toBe('2');
    for (const path of [...Object.keys(second), 'chunks/document-AAAAAAAA.js', 'web/assets/main-AAAAAAAA.js']) {
      expect([path, has(path)]).toEqual([path, true]);
    }
    expect(has('lambda/chunks/later-AAAAAAAA.js')).toBe(false);
    expect(has('lambda/releases/2026-01-01')).toBe(false);
  });

  it('counts a day from the build that replaced a chunk, however old the chunk is', async () => {
    await build('a', first);
    age('chunks/document-AAAAAAAA.js', 100);
    await build('b', second);
    expect(has('chunks/document-AAAAAAAA.js')).toBe(true);
    age('chunks/document-AAAAAAAA.js', 23);
    await build('c', second);
    expect(has('chunks/document-AAAAAAAA.js')).toBe(true);
    age('chunks/document-AAAAAAAA.js', 25);
    await build('d', second);
    expect(has('chunks/document-AAAAAAAA.js')).toBe(false);
    expect(has('chunks/document-BBBBBBBB.js')).toBe(true);
  });

  it('leaves other folders alone', async () => {
    await build('a', first);
    await build('other', { 'server.js': '1' });
    await writeOutput(`${directory}/test`, new Map([['server.js', Buffer.from('test')]]));
    await build('b', second);
    expect(has('test/server.js')).toBe(true);
  });

  it('is current for the same inputs while no file is missing', async () => {
    expect(await isBuilt(directory, 'a')).toBe(false);
    await build('a', first);
    expect(await isBuilt(directory, 'a')).toBe(true);
    expect(await isBuilt(directory, 'b')).toBe(false);
    rmSync(`${directory}/lambda/index.js`);
    expect(await isBuilt(directory, 'a')).toBe(false);
  });

  it('is not current after an interrupted build', async () => {
    await build('a', first);
    await writeOutput(directory, new Map([['server.js', Buffer.from('2')]]));
    expect(await isBuilt(directory, 'a')).toBe(false);
  });

  it('replaces a file in one step: a reader has the old or the new one', async () => {
    await build('a', first);
    const before = statSync(`${directory}/server.js`).ino;
    await build('b', second);
    expect(statSync(`${directory}/server.js`).ino).not.toBe(before);
    writeFileSync(`${directory}/server.js.1-1.tmp`, 'half of another build’s file');
    await build('c', second);
    expect(has('server.js.1-1.tmp')).toBe(true);
    age('server.js.1-1.tmp', 25);
    await build('d', second);
    expect(has('server.js.1-1.tmp')).toBe(false);
  });
});
