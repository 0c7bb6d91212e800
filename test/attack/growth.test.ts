import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createEventHandler, type FunctionEvent } from '../../functions/aws/lambda-adapter.ts';
import { openEmbedded } from '../../functions/engine/embedded/release-engine.ts';
import { createApp } from '../../functions/http/app.ts';
import { toPlainResponse } from '../../functions/http/middleware/plain-response.ts';
import { createClientAddress } from '../../functions/node/client-address.ts';
import { pageFiles } from '../../functions/node/page-files.ts';
import { createRequestChecks } from '../../functions/node/request-checks.ts';
import { createDirectoryReader } from '../../functions/releases/directory-reader.ts';
import { createReleaseDownloads, lazyDownloadStore } from '../../functions/releases/downloads.ts';
import { town } from '../fixtures/town.ts';
import { FILLERS } from './growth-fillers.ts';
import { growthFault } from './growth-measure.ts';
import { headerTargets, queryText, READ_HEADERS, type Target, urlTargets } from './growth-targets.ts';

const directory = mkdtempSync(join(tmpdir(), 'curbside-growth-'));
afterAll(() => rmSync(directory, { recursive: true }));
writeFileSync(join(directory, 'index.html'), '<!doctype html><title>Town</title>');
writeFileSync(join(directory, 'page.css'), 'body { margin: 0; }');

const release = town();
const engine = openEmbedded(release);
const app = createApp({
  engine: () => engine,
  tiles: null,
  files: createReleaseDownloads(createDirectoryReader(directory), () => release, lazyDownloadStore(directory)),
  page: pageFiles(directory, directory),
  log: () => {},
  cacheBytes: 1_000_000,
});

async function respond(request: Request): Promise<Response> {
  const response = await app.fetch(request);
  await response.arrayBuffer();
  return response;
}

/** Ends that keep a parser from cutting the repetition off, let it begin to match, and make it fail at the end. */
const ENDS = [
  ['a', '!'],
  ['', 'x'],
  ['a,', '"'],
  ['"', 'a'],
] as const;

function textsOf(filler: string, bytes: number, bytesOf: (text: string) => number): string[] {
  const times = Math.max(1, Math.floor(bytes / bytesOf(filler)));
  return ENDS.map(([start, end]) => `${start}${filler.repeat(times)}${end}`);
}

/** Something that is done with a caller's text. */
type Measured = Pick<Target, 'name' | 'longest'> & {
  /** Whether a client can send the text there. */
  readonly canSend: (text: string) => boolean;
  readonly act: (text: string) => unknown;
};

function measured({ name, longest, requestOf }: Target): Measured {
  const canSend = (text: string) => {
    try {
      requestOf(text);
      return true;
    } catch {
      // A header has bytes only.
      return false;
    }
  };
  return { name, longest, canSend, act: (text) => respond(requestOf(text)) };
}

/** What is slow about a target: a sentence for each filler whose repetition takes more than linear time. */
async function faultsOf(
  { name, longest, canSend, act }: Measured,
  bytesOf: (text: string) => number,
): Promise<string[]> {
  const faults: string[] = [];
  for (const filler of FILLERS) {
    const short = textsOf(filler, longest / 4, bytesOf);
    for (const [at, long] of textsOf(filler, longest, bytesOf).entries()) {
      if (!canSend(long)) continue;
      const fault = await growthFault(
        () => act(short[at] as string),
        () => act(long),
      );
      if (fault) faults.push(`${name}, ${JSON.stringify(filler)} between ${JSON.stringify(ENDS[at])}: ${fault}`);
    }
  }
  return faults;
}

describe('the time of an answer grows at most linearly with', () => {
  it.each(urlTargets())('$name', async (target) => {
    expect(await faultsOf(measured(target), (text) => queryText(text).length)).toEqual([]);
  });

  it.each(headerTargets())('$name', async (target) => {
    expect(await faultsOf(measured(target), (text) => text.length)).toEqual([]);
  });
});

describe('the time of what comes before the app grows at most linearly with', () => {
  const isValid = createRequestChecks();
  const addressOf = createClientAddress(9);
  const handle = createEventHandler(
    createApp({ engine: () => engine, tiles: null, log: () => {}, toResponse: toPlainResponse }).fetch,
  );
  const eventOf = (rawPath: string, rawQueryString: string, headers: Record<string, string>) =>
    ({
      rawPath,
      rawQueryString,
      headers,
      requestContext: { domainName: 'town.example', http: { method: 'GET' } },
    }) as FunctionEvent;

  it.each<[string, (text: string) => unknown]>([
    ['Host', (host) => isValid({ headers: { host }, rawHeaders: ['Host', host], url: '/' } as IncomingMessage)],
    [
      'a request target',
      (url) => isValid({ headers: { host: 'a' }, rawHeaders: ['Host', 'a'], url } as IncomingMessage),
    ],
    ['X-Forwarded-For', (text) => addressOf('127.0.0.1', text)],
    ['a path on AWS', (text) => handle(eventOf(`/trucks/${text}`, '', {}))],
    ['a query on AWS', (text) => handle(eventOf('/search', text, {}))],
    [
      'a header on AWS',
      (text) => handle(eventOf('/search', 'q=a', { 'accept-encoding': text, 'if-none-match': text })),
    ],
  ])('%s', async (name, act) => {
    const target = { name, longest: 7_600, canSend: () => true, act };
    expect(await faultsOf(target, (text) => text.length)).toEqual([]);
  });
});

describe('this test', () => {
  it('finds quadratic work', async () => {
    const [short, long] = [1_850, 7_400].map((length) => `a${' '.repeat(length)}!`);
    const split = (text = '') => text.split(/\s*,\s*/);
    expect(
      await growthFault(
        () => split(short),
        () => split(long),
      ),
    ).toContain('four times the text');
  });

  it('knows every header that is read', async () => {
    const read = new Set<string>();
    for (const { requestOf } of [...urlTargets(), ...headerTargets()]) await respond(recording(requestOf('a'), read));
    expect([...read].filter((name) => !READ_HEADERS.includes(name))).toEqual([]);
    expect(READ_HEADERS.filter((name) => !read.has(name))).toEqual([]);
  });
});

/** The request, which notes the names of the headers that are read. */
function recording(request: Request, read: Set<string>): Request {
  const { headers } = request;
  const { get, has } = headers;
  Object.assign(headers, {
    get: (name: string) => {
      read.add(name.toLowerCase());
      return get.call(headers, name);
    },
    has: (name: string) => {
      read.add(name.toLowerCase());
      return has.call(headers, name);
    },
  });
  return request;
}
