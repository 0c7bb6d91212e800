import { beforeEach, describe, expect, it } from 'vitest';
import { readSource } from '../../../seed/source/read-source.ts';
import { type Fault, startCityServer } from '../city-server.ts';

import { city, ids, numbered, refusal, swift, upTo } from './portal.ts';

describe('faults', () => {
  const busy = (status: number, retryAfter?: string): Fault => ({
    kind: 'status',
    status,
    ...(retryAfter ? { retryAfter } : {}),
  });
  const whole = () => ({ name: 'permits', from: `${city.origin}/list.json?key=s3cret` });
  beforeEach(() => {
    city.publishFile(
      '/list.json',
      Buffer.from(JSON.stringify(numbered(40).map(({ cells }) => cells))),
      'application/json',
    );
  });

  it.each<[string, Fault[]]>([
    ['429 with seconds', [busy(429, '1'), busy(429, '1')]],
    ['503 with a date', [busy(503, new Date(Date.now() + 3000).toUTCString())]],
    ['408, 500', [busy(408), busy(500)]],
    ['202, still processing', [busy(202)]],
    ['a broken connection', [{ kind: 'drop' }, { kind: 'cut' }]],
    ['a length that is too short', [{ kind: 'short-length' }]],
    ['half a body', [{ kind: 'half' }]],
    ['an empty body', [{ kind: 'empty' }]],
    ['no answer in time', [{ kind: 'slow', ms: 5000 }]],
  ])('%s: retried until the data is complete', async (_, faults) => {
    city.faults.push(...faults);
    const read = await readSource(whole(), { ...swift, tryTimeoutMs: 1_000 });
    expect(ids(read)).toEqual(upTo(40));
    expect(city.requests).toHaveLength(faults.length + 1);
  });

  it('waits as long as Retry-After says, up to the limit', async () => {
    const options = { ...swift, totalTimeoutMs: 30_000 };
    city.faults.push(busy(503, '3600'));
    expect(ids(await readSource(whole(), { ...options, retryAfterMaxMs: 5 }))).toEqual(upTo(40));
    city.faults.push(busy(503, '3600'));
    expect(
      (await refusal(readSource(whole(), { ...options, totalTimeoutMs: 1_000, retryAfterMaxMs: 60_000 }))).message,
    ).toContain(': out of time; the last try: status 503 ');
    expect(city.requests).toHaveLength(3);
  });

  const gaveUp = /gave up after 3 tries in \d+ s: /;
  const later = 'try again later, or give a file with --source permits=PATH';
  it.each<[string, Fault, number, string]>([
    ['503', busy(503), 3, `status 503 Service Unavailable ("the portal is busy"); ${later}`],
    [
      '429',
      busy(429),
      3,
      'status 429 Too Many Requests ("the portal is busy"); set an app token, try again later, or give a file with --source permits=PATH',
    ],
    ['a dropped connection', { kind: 'drop' }, 3, `the connection was cut off; ${later}`],
    ['silence', { kind: 'slow', ms: 5000 }, 3, `no complete answer within 0.2 s; ${later}`],
    ['half a body', { kind: 'half' }, 3, `the answer ends in the middle of its JSON: it was cut off; ${later}`],
    ['an empty body', { kind: 'empty' }, 3, `the answer is empty; ${later}`],
    [
      '404',
      busy(404),
      1,
      'status 404 Not Found ("the portal is busy"); check the address, or give a file with --source permits=PATH',
    ],
    [
      '403',
      { kind: 'status', status: 403, body: '<html>' },
      1,
      'status 403 Forbidden; it requires credentials or an app token: set one, or give a file with --source permits=PATH',
    ],
    [
      '400',
      busy(400),
      1,
      'status 400 Bad Request ("the portal is busy"); check the address, or give a file with --source permits=PATH',
    ],
    [
      'a page',
      { kind: 'html' },
      1,
      'is an HTML page ("Scheduled maintenance"), not data: open the address in a browser to see what it says, and use the address of the CSV or JSON export',
    ],
    [
      'a body beyond the limit',
      { kind: 'huge' },
      1,
      'is larger than 200 MB, the limit for a source: check that it is the right one',
    ],
  ])('%s, every time: one sentence', async (_, fault, requests, sentence) => {
    city.faults.push(fault, fault, fault, fault);
    const { message } = await refusal(
      readSource(whole(), {
        ...swift,
        tryTimeoutMs: fault.kind === 'slow' ? 200 : 30_000,
      }),
    );
    expect(message.replace(gaveUp, '').replace(', line 1', '')).toBe(
      `permits (${city.origin}/list.json?key=***): ${sentence}`,
    );
    expect(gaveUp.test(message)).toBe(requests === 3);
    expect(city.requests).toHaveLength(requests);
  });

  it('names the host that refuses the connection', async () => {
    const gone = await startCityServer();
    await gone.stop();
    const { message } = await refusal(
      readSource({ name: 'permits', from: `${gone.origin}/list.json` }, { ...swift, tries: 2 }),
    );
    expect(message.replace(/\d+ s:/, 'S s:')).toBe(
      `permits (${gone.origin}/list.json): gave up after 2 tries in S s: ${new URL(gone.origin).host} refused the connection; ${later}`,
    );
  });

  it('stops when the time is over, and when aborted', async () => {
    city.faults.push(busy(503), busy(503), busy(503));
    const slowly = { ...swift, backoffMs: 10_000 };
    expect((await refusal(readSource(whole(), { ...slowly, totalTimeoutMs: 1_000 }))).message).toBe(
      `permits (${city.origin}/list.json?key=***): out of time; the last try: status 503 Service Unavailable ("the portal is busy"); ${later}`,
    );
    const stop = new AbortController();
    city.behaviour.before = () => stop.abort();
    expect((await refusal(readSource(whole(), { ...slowly, signal: stop.signal }))).message).toBe(
      `permits (${city.origin}/list.json?key=***): was stopped; ${later}`,
    );
  });
});
