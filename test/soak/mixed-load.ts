import { type Answer, headerOf } from '../attack/answer-reader.ts';
import { decodedBody } from '../attack/answer-rules.ts';
import { RawConnection } from '../attack/raw-connection.ts';
import { Random } from '../fixtures/random.ts';
import { type Memory, nextTarget } from './request-mix.ts';
import type { TaggedRelease } from './soak-releases.ts';

export type MixedResult = {
  readonly statuses: Record<number, number>;
  readonly times: number[];
  readonly faults: Set<string>;
  tried: number;
  abandoned: number;
  lost: number;
  /** Answers of each release. */
  readonly perRelease: Record<string, number>;
};

const TIMEOUT_MS = 20_000;
/** One in this many requests is abandoned. */
const ABANDONED = 50;
/** Statuses of requests that are right at the moment when they are sent: a release may be gone then. */
const EXPECTED = [200, 304, 404, 410, 503];

/** Clients that send a mix of all requests, one after another, until they are told to stop. */
export function startMixedLoad(url: string, releases: readonly TaggedRelease[], clients: number, pauseMs: number) {
  const port = Number(new URL(url).port);
  const result: MixedResult = {
    statuses: {},
    times: [],
    faults: new Set(),
    tried: 0,
    abandoned: 0,
    lost: 0,
    perRelease: {},
  };
  const byVersion = new Map(releases.map((one) => [one.release.version, one]));
  let isStopped = false;

  async function client(number: number): Promise<void> {
    const random = new Random(number + 1);
    const memory: Memory = { ids: [], versions: [], nextPage: null, tags: new Map(), assets: ['/'] };
    let connection: RawConnection | null = null;
    while (!isStopped) {
      connection ??= await RawConnection.open(port);
      const { target, headers } = nextTarget(memory, random);
      const lines = [`GET ${target} HTTP/1.1`, 'Host: 127.0.0.1', ...headers];
      const bytes = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
      result.tried++;
      if (random.below(ABANDONED) === 0) {
        connection.write(bytes);
        await pause(random.below(3));
        connection.close();
        connection = null;
        result.abandoned++;
        continue;
      }
      const { answers, tookMs } = await connection.exchange(bytes, { methods: ['GET'], timeoutMs: TIMEOUT_MS });
      const [answer] = answers;
      if (answer) {
        result.times.push(tookMs);
        learn(target, answer, memory);
      } else result.lost++;
      if (!answer || connection.isClosed || headerOf(answer, 'connection') === 'close') {
        connection.close();
        connection = null;
      }
      if (pauseMs > 0) await pause(pauseMs);
    }
    connection?.close();
  }

  /** Checks an answer, and keeps what later requests need. */
  function learn(target: string, answer: Answer, memory: Memory): void {
    const { status } = answer;
    result.statuses[status] = (result.statuses[status] ?? 0) + 1;
    if (!EXPECTED.includes(status)) result.faults.add(`${status} for ${target}`);
    if (status === 503 && !headerOf(answer, 'retry-after')) result.faults.add('503 without Retry-After');
    const tag = headerOf(answer, 'etag');
    if (tag) memory.tags.set(target, tag);
    if (status !== 200) return;
    const text = decodedBody(answer);
    const isJson = headerOf(answer, 'content-type')?.includes('json') ?? false;
    for (const fault of mixedReleases(target, text, isJson)) result.faults.add(fault);
    if (isJson) remember(target, text, memory);
    if (target === '/')
      memory.assets = ['/', ...(text.match(/assets\/[\w.-]+\.(?:js|css)/g) ?? []).map((path) => `/${path}`)];
  }

  /** Every vendor in an answer, the totals and the version belong to one release. */
  function mixedReleases(target: string, text: string, isJson: boolean): string[] {
    const tags = new Set(releases.map((one) => one.tag).filter((one) => text.includes(`${one} Vendor`)));
    if (tags.size > 1) return [`${[...tags].join(' and ')} in the answer to ${target}`];
    const [tag] = tags;
    if (tag !== undefined) result.perRelease[tag] = (result.perRelease[tag] ?? 0) + 1;
    if (!isJson) return [];
    const { meta, hits, query } = JSON.parse(text) as {
      meta?: { data_version?: string };
      hits?: number;
      query?: { q: string };
    };
    const release = byVersion.get(meta?.data_version ?? '');
    if (!release) return meta?.data_version ? [`the unknown version ${meta.data_version} in ${target}`] : [];
    if (tag !== undefined && tag !== release.tag)
      return [`vendors of ${tag} with the version of ${release.tag}: ${target}`];
    const isAll = /^\/search\?q=tacos&limit=\d+(&lat=[\d.]+&lon=-[\d.]+)?$/.test(target);
    return isAll && query && hits !== release.vendors ? [`${hits} of ${release.vendors} vendors in ${target}`] : [];
  }

  const ended = Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
  return {
    result,
    stop: async (): Promise<MixedResult> => {
      isStopped = true;
      await ended;
      return result;
    },
  };
}

function remember(target: string, text: string, memory: Memory): void {
  const { trucks, page, meta } = JSON.parse(text) as {
    trucks?: { id: string }[];
    page?: { cursor: string | null };
    meta?: { data_version?: string };
  };
  if (trucks?.length) memory.ids = trucks.slice(0, 5).map(({ id }) => id);
  if (page) memory.nextPage = page.cursor && `${target.replace(/&cursor=.*$/, '')}&cursor=${page.cursor}`;
  if (meta?.data_version) memory.versions = [meta.data_version];
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
