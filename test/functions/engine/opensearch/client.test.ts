import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClusterAuth, createClient } from '../../../../functions/engine/opensearch/client.ts';
import { openOpenSearch } from '../../../../functions/engine/opensearch/engine.ts';
import { reasonOf } from '../../../../functions/engine/opensearch/errors.ts';
import { waitForCluster } from '../../../../functions/engine/opensearch/wait-until-ready.ts';

const SECRETS = {
  username: 'kitchen',
  password: 'p4ss:w0rd/€',
  secretAccessKey: 'wJalrXUtnFEMI',
  sessionToken: 'FwoGZXIvYXdz',
};

describe('a cluster’s client', () => {
  let seen: IncomingHttpHeaders = {};
  let health = 200;
  const server = createServer((request, response) => {
    seen = request.headers;
    response.writeHead(health, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        status: 'green',
        error: { type: 'refused', reason: `not with ${request.headers.authorization}` },
      }),
    );
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve())));
  afterAll(() => server.close());
  const url = (user = '') => `http://${user}127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function headersWith(auth: ClusterAuth, user?: string): Promise<IncomingHttpHeaders> {
    const client = await createClient({ url: url(user), alias: 'a', auth, caFile: null, timeoutMs: 2000 });
    await client.cluster.health();
    await client.close();
    return seen;
  }
  const basic = ({ username, password }: typeof SECRETS) =>
    `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

  it('signs in with nothing, with a user, or with the user in the URL', async () => {
    expect((await headersWith({ kind: 'none' })).authorization).toBeUndefined();
    const { username, password } = SECRETS;
    expect((await headersWith({ kind: 'basic', username, password })).authorization).toBe(basic(SECRETS));
    const user = `${username}:${encodeURIComponent(password)}@`;
    expect((await headersWith({ kind: 'none' }, user)).authorization).toBe(basic(SECRETS));
  });

  it('signs requests for OpenSearch Service with the given keys', async () => {
    const { secretAccessKey, sessionToken } = SECRETS;
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey, sessionToken };
    const headers = await headersWith({ kind: 'sigv4', region: 'us-west-2', credentials });
    expect(headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-west-2\/es\/aws4_request, SignedHeaders=\S*host\S*, Signature=[0-9a-f]{64}$/,
    );
    expect(headers['x-amz-security-token']).toBe(sessionToken);
    expect(headers['x-amz-content-sha256']).toMatch(/^[0-9a-f]{64}$/);
  });

  it('never prints a secret, whatever fails', async () => {
    const { username, password, secretAccessKey, sessionToken } = SECRETS;
    const auths: ClusterAuth[] = [
      { kind: 'basic', username, password },
      {
        kind: 'sigv4',
        region: 'us-west-2',
        credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey, sessionToken },
      },
    ];
    const said: string[] = [];
    for (const auth of auths) {
      for (const target of [url(`${username}:${encodeURIComponent(password)}@`), 'http://kitchen:p4ss@127.0.0.1:1']) {
        const client = await createClient({ url: target, alias: 'a', auth, caFile: null, timeoutMs: 500 });
        health = 403;
        await openOpenSearch(client, 'a')()
          .about()
          .catch((error: Error) =>
            said.push(error.message, String(error.cause), String((error.cause as Error | undefined)?.cause)),
          );
        await waitForCluster(client, { limitMs: 1, host: 'here', say: (line) => said.push(line) }).catch(
          (error: Error) => said.push(error.message),
        );
        health = 200;
      }
    }
    expect(said.length).toBeGreaterThan(8);
    for (const secret of [
      'p4ss',
      secretAccessKey,
      sessionToken,
      Buffer.from(`${username}:${password}`).toString('base64'),
    ]) {
      expect(said.join('\n')).not.toContain(secret);
    }
  });

  it('names a certificate that cannot be read', async () => {
    const settings = { url: 'https://127.0.0.1:1', alias: 'a', auth: { kind: 'none' }, timeoutMs: 500 } as const;
    await expect(createClient({ ...settings, caFile: '/no/such.pem' })).rejects.toThrow(
      'the certificate /no/such.pem cannot be read',
    );
    const folder = mkdtempSync(`${tmpdir()}/curbside-ca-`);
    writeFileSync(`${folder}/ca.pem`, '');
    await (await createClient({ ...settings, caFile: `${folder}/ca.pem` })).close();
    rmSync(folder, { recursive: true });
  });
});

describe('waiting for a cluster', () => {
  it('reports each try, then fails with one sentence', async () => {
    const client = await createClient({
      url: 'http://127.0.0.1:1',
      alias: 'a',
      auth: { kind: 'none' },
      caFile: null,
      timeoutMs: 500,
    });
    const said: string[] = [];
    const waiting = waitForCluster(client, { limitMs: 1200, host: '127.0.0.1:1', say: (line) => said.push(line) });
    await expect(waiting).rejects.toThrow(
      /^opensearch at 127\.0\.0\.1:1 is not ready after 1 s and 2 tries: ConnectionError: .*--wait$/,
    );
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^waiting for opensearch at 127\.0\.0\.1:1: try 1, 0 s: ConnectionError/);
  });
});

describe('the reason of an error', () => {
  it('is one line, with the first line of the cluster’s message', () => {
    const error = Object.assign(new Error('x'), {
      name: 'ResponseError',
      statusCode: 400,
      meta: { body: { error: { type: 'parsing', reason: 'first\nsecond' } } },
    });
    expect(reasonOf(error)).toBe('status 400: parsing: first');
    expect(reasonOf(new TypeError('a\nb'))).toBe('TypeError: a');
  });
});
