import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { scopeOf } from '../../../seed/source/host-scope.ts';
import { readSource } from '../../../seed/source/read-source.ts';
import { redirectFault } from '../../../seed/source/redirects.ts';
import { refusal, swift } from './portal.ts';
import { startWebServer } from './web-server.ts';

const TABLE = 'id,name\n1,Ann\n';
type Headers = IncomingMessage['headers'];

/** A server that sends each path elsewhere, and the headers of its requests. */
async function redirecting(targets: Readonly<Record<string, string>>, status = 302) {
  const seen: Headers[] = [];
  const origin = await startWebServer((request, response) => {
    seen.push(request.headers);
    const location = targets[request.url ?? ''];
    if (location === undefined) response.end(TABLE);
    else response.writeHead(status, { location }).end();
  });
  return { origin, seen };
}

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('with status %i is followed', async (status) => {
    const { origin } = await redirecting({ '/a': '/b', '/b': '/c' }, status);
    const { table, from } = await readSource({ name: 'permits', from: `${origin}/a` }, swift);
    expect([table.rows.length, from]).toEqual([1, `${origin}/a`]);
  });

  it('to another origin gets neither the app token nor the password; one to the same origin gets both', async () => {
    const other = await redirecting({});
    const path = '/resource/abcd-1234.csv';
    const own = await redirecting({
      '/start?$limit=5': `${path}?$limit=5`,
      [`${path}?$limit=5`]: `${other.origin}${path}`,
    });
    const from = `${own.origin.replace('//', '//me:pa55@')}/start?$limit=5`;
    await readSource({ name: 'permits', from }, { ...swift, appToken: 'T0ken' });
    const secrets = ({ seen }: typeof own) => seen.map((headers) => [headers['x-app-token'], headers.authorization]);
    const basic = `Basic ${Buffer.from('me:pa55').toString('base64')}`;
    expect(secrets(own)).toEqual([
      [undefined, basic],
      ['T0ken', basic],
    ]);
    expect(secrets(other)).toEqual([[undefined, undefined]]);
    expect(own.seen[0]?.['user-agent']).toContain('Curbside');
  });

  const file = 'check the address, or give a file with --source permits=PATH';
  it.each<[string, string, string]>([
    [
      'to a link-local address',
      'http://169.254.169.254/latest/meta-data?code=s3cret',
      'http://169.254.169.254/latest/meta-data?code=***, a link-local address (169.254.169.254), although the source is not in such a network',
    ],
    ['to a file', 'file:///etc/passwd', 'file:///etc/passwd, which is not an http or https address'],
    ['to no address', 'http://', 'an address that is not a URL'],
  ])('%s is refused at once', async (_, location, fault) => {
    const { origin, seen } = await redirecting({ '/a': location });
    const { message } = await refusal(readSource({ name: 'permits', from: `${origin}/a` }, swift));
    expect(message).toBe(`permits (${origin}/a): it redirects to ${fault}; ${file}`);
    expect(seen).toHaveLength(1);
  });

  it('to itself is refused after ten', async () => {
    const { origin, seen } = await redirecting({ '/a': '/a' });
    const { message } = await refusal(readSource({ name: 'permits', from: `${origin}/a` }, swift));
    expect(message).toBe(`permits (${origin}/a): it redirects to ${origin}/a, the 11th redirect in a row; ${file}`);
    expect(seen).toHaveLength(11);
  });

  // No name server is asked about an address of digits.
  it.each([
    ['https://8.8.8.8/', 'http://8.8.8.8/', 'which is not encrypted, unlike the address before it'],
    ['http://8.8.8.8/', 'https://8.8.4.4/', undefined],
    ['http://8.8.8.8/', 'http://10.1.2.3/', 'a private address (10.1.2.3), although'],
    ['http://8.8.8.8/', 'http://[::1]/', 'a private address (::1), although'],
    ['http://8.8.8.8/', 'http://[::ffff:a9fe:a9fe]/', 'a link-local address (::ffff:'],
    ['http://8.8.8.8/', 'http://2130706433/', 'a private address (127.0.0.1), although'],
    ['http://8.8.8.8/', 'http://localhost/', 'a private address ('],
    ['http://10.0.0.1/', 'http://192.168.0.1/', undefined],
    ['http://10.0.0.1/', 'http://169.254.169.254/', 'a link-local address (169.254.169.254), although'],
    ['http://169.254.1.1/', 'http://10.0.0.1/', undefined],
  ])('of %s to %s: %s', async (from, to, fault) => {
    const found = await redirectFault(new URL(from), new URL(from), new URL(to));
    if (fault === undefined) expect(found).toBeUndefined();
    else expect(found?.startsWith(fault), found).toBe(true);
  });
});

it.each([
  ['127.0.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['172.32.0.0', 'public'],
  ['100.64.0.1', 'private'],
  ['0.0.0.0', 'private'],
  ['239.1.1.1', 'private'],
  ['169.254.0.1', 'link-local'],
  ['8.8.8.8', 'public'],
  ['::', 'private'],
  ['fd00::1', 'private'],
  ['fe80::1', 'link-local'],
  ['::ffff:10.0.0.1', 'private'],
  ['2001:4860:4860::8888', 'public'],
])('%s is %s', (address, scope) => {
  expect(scopeOf(address)).toBe(scope);
});
