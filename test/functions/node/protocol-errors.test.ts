import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSocket, sendRaw } from '../../fixtures/raw-http.ts';
import { type Running, startServer } from '../../fixtures/server-process.ts';
import { document, faultsOf } from '../http/openapi/conforming.ts';

const scratch = mkdtempSync(`${tmpdir()}/curbside-protocol-`);
let server: Running;
beforeAll(async () => {
  server = await startServer(['--refresh', 'off', '--data-dir', scratch, '--request-timeout', '1s']);
});
afterAll(async () => {
  await server.stop();
  rmSync(scratch, { recursive: true });
});

const END = 'Connection: close\r\n\r\n';
const get = (host: string, target = '/nothing') => `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n${END}`;
const problemSchema = { $ref: '#/components/schemas/Problem' };

/** The raw answer's problem, after checks that every answer of the server must pass. */
async function problemOf(bytes: string | Buffer) {
  const { status, head, body, closedMs } = await sendRaw(server.url, bytes);
  expect(closedMs).not.toBeNull();
  expect(head).toMatch(/^content-type: application\/problem\+json\r?$/im);
  expect(head).toMatch(/^access-control-allow-origin: \*\r?$/im);
  const problem = JSON.parse(body) as { type: string; status: number; detail: string };
  expect(faultsOf(problemSchema, problem)).toEqual([]);
  expect(problem.status).toBe(status);
  return { ...problem, head };
}

describe('a request that is not valid HTTP is a problem with status 400', () => {
  it.each([
    ...['1.2.3.999', '1.2.3.4.5', 'xn--', 'xn--a', '0x100000000', 'a:99999', 'a:b', 'u@a', 'a/b', 'a?b', 'a#b'],
    ...['a b', 'a%41', 'café.org', '[::1', '::1', '[::g]', 'a\\b', '-.-:-'],
  ])('with the host %s', async (host) => {
    for (const target of ['/nothing', '/meta', '/', '/search']) {
      expect((await sendRaw(server.url, get(host, target))).status, target).toBe(400);
    }
    expect(await problemOf(get(host))).toMatchObject({ type: '/docs#invalid-request' });
  });

  it.each([
    ...['identity, chunked', 'identity\r\nTransfer-Encoding: chunked', 'gzip, chunked', 'chunked, chunked', ''].map(
      (coding): [string, string] => [
        `with the transfer coding ${JSON.stringify(coding)}`,
        `PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: ${coding}\r\n\r\n0\r\n\r\n`,
      ],
    ),
    ['without a host', `GET / HTTP/1.1\r\n${END}`],
    ['with two hosts', `GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n${END}`],
    ['with two equal hosts', `GET / HTTP/1.1\r\nhost: a\r\nHOST: a\r\n${END}`],
    ['with raw UTF-8 in the path', get('a', '/café')],
    ['with raw UTF-8 in the query', get('a', '/meta?q=café')],
    ['with a NUL in the path', get('a', '/a\0b')],
    ['with a backslash in the path', get('a', '/a\\b')],
    ['with an absolute target that is no URL', get('a', 'http://1.2.3.999/')],
    ['with a target without a path', get('a', 'meta')],
    ['with the target *', get('a', '*')],
    ['with another protocol', Buffer.from('1603010200010001fc0303', 'hex')],
    ['of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    [
      'with two lengths',
      'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['with a header without a name', `GET / HTTP/1.1\r\nHost: a\r\n: x\r\n${END}`],
  ])('%s', async (_name, bytes) => {
    expect(await problemOf(bytes)).toMatchObject({ type: '/docs#invalid-request', status: 400 });
  });

  it('and is logged, once for all in ten seconds', () => {
    const lines = server.said().match(/"event":"request refused","kind":"invalid-request".*/g) ?? [];
    expect(lines[0]).toContain('in the Host header is not a valid host');
    expect(lines.length).toBeLessThan(10);
    expect(server.said()).not.toContain('"bug"');
  });

  it('on /search in the format of its other errors', async () => {
    const { body } = await sendRaw(server.url, get('xn--', '/search?q=tacos'));
    expect(JSON.parse(body)).toMatchObject({ status: 'failure', problem: { type: '/docs#invalid-request' } });
  });
});

describe('an unusual valid request is answered as usual', () => {
  it.each([
    ['with an absolute target', get('a', 'http://example.org/healthz')],
    ['of HTTP/1.0 without a host', 'GET /healthz HTTP/1.0\r\n\r\n'],
    ['with an empty host', get('', '/healthz')],
    ['with an IPv6 host', get('[::1]:8080', '/healthz')],
    ['with a host in upper case', get('EXAMPLE.org:80', '/healthz')],
    [
      'that asks for WebSocket',
      'GET /healthz HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: upgrade, close\r\n\r\n',
    ],
    ['with wrong percent escapes', get('a', '/search?q=%zz%E0%A4%A')],
  ])('%s', async (_name, bytes) => {
    expect((await sendRaw(server.url, bytes)).status).toBe(200);
  });

  it.each(['//', '//search?q=x', '//example.org/x', '/%00', '/trucks/%zz%E0%A4%A', '/trucks/%2e%2e%2f'])(
    'to %s with a 404',
    async (target) => {
      expect(await problemOf(get('a', target))).toMatchObject({ status: 404 });
    },
  );

  it('to * with OPTIONS, with the methods', async () => {
    const { status, head } = await sendRaw(server.url, `OPTIONS * HTTP/1.1\r\nHost: a\r\n${END}`);
    expect(status).toBe(204);
    expect(head).toContain('Allow: GET, HEAD, OPTIONS');
  });
});

describe('the errors of the HTTP library are problems', () => {
  it.each([
    ...['TRACE', 'PROPFIND', 'QUERY', 'POST', 'PUT', 'DELETE', 'PATCH', 'M-SEARCH', 'LINK'],
    // Methods that the library does not know.
    ...['BREW', 'FOO-BAR', 'get'],
  ])('%s is a 405', async (method) => {
    const problem = await problemOf(`${method} /meta HTTP/1.1\r\nHost: a\r\n${END}`);
    expect(problem).toMatchObject({ type: '/docs#method-not-allowed', status: 405 });
    expect(problem.head).toMatch(/^allow: GET, HEAD, OPTIONS\r?$/im);
  });

  it('CONNECT is a 405', async () => {
    const problem = await problemOf(`CONNECT example.org:443 HTTP/1.1\r\nHost: a\r\n${END}`);
    expect(problem).toMatchObject({ status: 405 });
  });

  it.each([20_000, 2_000_000])('headers of %i bytes are a 431', async (size) => {
    const problem = await problemOf(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(size)}\r\n${END}`);
    expect(problem).toMatchObject({ type: '/docs#headers-too-large', status: 431 });
  });

  it('an unknown expectation is a 417', async () => {
    const problem = await problemOf(`GET / HTTP/1.1\r\nHost: a\r\nExpect: magic\r\n\r\n`);
    expect(problem).toMatchObject({ type: '/docs#expectation-failed', status: 417 });
  });

  it('a request that does not arrive in time is a 408, and a silent connection is closed', async () => {
    expect(await problemOf('GET / HTTP/1.1\r\nHost: a')).toMatchObject({ type: '/docs#request-timeout', status: 408 });
    const silent = await sendRaw(server.url, '');
    expect([silent.status, silent.body]).toEqual([0, '']);
    expect(silent.closedMs).toBeLessThan(5_000);
  });

  it('a header that arrives byte by byte is a 408 too', async () => {
    const socket = await openSocket(server.url);
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n');
    const drip = setInterval(() => socket.write('X: y\r\n'), 100);
    const [chunk] = (await new Promise<Buffer[]>((resolve) => socket.once('data', (data) => resolve([data])))) as [
      Buffer,
    ];
    clearInterval(drip);
    socket.destroy();
    expect(chunk.toString()).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('and each of their statuses is in the document, on every path', () => {
    for (const [path, { get: operation }] of Object.entries(document.paths)) {
      const statuses = Object.keys(operation.responses);
      expect([path, ...statuses]).toEqual(expect.arrayContaining(['400', '408', '417', '429', '431', '503']));
    }
  });
});
