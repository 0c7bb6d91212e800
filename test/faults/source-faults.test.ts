import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { startServer } from '../fixtures/server-process.ts';
import { type Fault, startCityServer } from '../seed/city-server.ts';
import { isLongForm } from './long-form.ts';
import { startLoad } from './steady-load.ts';
import { permitsTable, served } from './tables.ts';

const folder = mkdtempSync(`${tmpdir()}/curbside-sources-`);
afterAll(() => rmSync(folder, { recursive: true }));

const eventually = <Value>(value: () => Value) => expect.poll(value, { timeout: 40_000, interval: 50 });

const FAULTS: Record<string, Fault> = {
  'a status of 500': { kind: 'status', status: 500 },
  'a delay of 3 s': { kind: 'slow', ms: 3_000 },
  'a connection that is cut in the body': { kind: 'cut' },
  'half of the body': { kind: 'half' },
  'no response': { kind: 'drop' },
  'an HTML page': { kind: 'html' },
  nothing: { kind: 'empty' },
  'ten gigabytes': { kind: 'huge' },
};

describe('a source of a running server', () => {
  it('that fails in every way: the served data stays whole until the source is well again', {
    timeout: 120_000,
  }, async () => {
    const portal = await startCityServer();
    const publish = (vendors: number) =>
      portal.publishFile('/permits.csv', Buffer.from(permitsTable(vendors)), 'text/csv');
    publish(20);
    const source = ['--source', `permits=${portal.origin}/permits.csv`, '--refresh', '1s'];
    const server = await startServer(['--data-dir', `${folder}/failing`, ...source]);
    const load = startLoad(server.url, {
      clients: 2,
      target: (_, at) => `/search?q=tacos&limit=1&lat=37.${at % 1000}&lon=-122`,
      pauseMs: 20,
    });
    let vendors = 20;
    for (const fault of Object.values(FAULTS).slice(0, isLongForm ? undefined : 3)) {
      const before = portal.requests.length;
      // As many tries as a refresh has.
      portal.faults.push(...Array.from({ length: 12 }, () => fault));
      await eventually(() => portal.requests.length).toBeGreaterThan(before + 1);
      expect((await served(server.url)).hits).toBe(vendors);
      portal.faults.length = 0;
      publish(++vendors);
      await eventually(async () => (await served(server.url)).hits).toBe(vendors);
    }
    expect(await load.stop()).toMatchObject({ lost: 0, faults: [] });
    expect(await server.stop()).toBe(0);
    await portal.stop();
  });

  it('that never ends: the server stays within its memory and keeps its data', { timeout: 120_000 }, async () => {
    let isEndless = false;
    let sent = 0;
    const portal = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/csv' });
      response.write(permitsTable(20));
      if (!isEndless) return void response.end();
      const block = Buffer.from(permitsTable(2_000).replace(/^.*\n/, ''));
      const more = () => {
        while (!response.destroyed && response.write(block)) sent += block.length;
        sent += block.length;
      };
      response.on('drain', more);
      more();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => portal.once('listening', resolve));
    const source = `permits=http://127.0.0.1:${(portal.address() as AddressInfo).port}/permits.csv`;
    const args = ['--data-dir', `${folder}/endless`, '--source', source, '--refresh', '1s'];
    const server = await startServer(args);
    isEndless = true;
    await eventually(() => sent).toBeGreaterThan(1_000_000);
    await eventually(() => server.said()).toContain('the previous data stays');
    expect((await served(server.url)).hits).toBe(20);
    expect(await server.stop()).toBe(0);
    portal.closeAllConnections();
    portal.close();
  });

  it('that redirects for ever: one sentence, and the previous data stays', { timeout: 60_000 }, async () => {
    let isRedirecting = false;
    const portal = createServer((request, response) => {
      if (isRedirecting) response.writeHead(302, { location: `${request.url}?again` }).end();
      else response.writeHead(200, { 'content-type': 'text/csv' }).end(permitsTable(20));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => portal.once('listening', resolve));
    const source = `permits=http://127.0.0.1:${(portal.address() as AddressInfo).port}/permits.csv`;
    const server = await startServer(['--data-dir', `${folder}/redirecting`, '--source', source, '--refresh', '1s']);
    isRedirecting = true;
    await eventually(() => server.said()).toMatch(/the previous data stays.*redirect/);
    expect((await served(server.url)).hits).toBe(20);
    expect(await server.stop()).toBe(0);
    portal.closeAllConnections();
    portal.close();
  });
});
