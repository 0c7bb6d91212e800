import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import type { SearchResponse } from '../../functions/http/openapi/schemas/search.ts';
import { BUILD } from '../fixtures/build-directory.ts';

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/** An event as a function URL sends it (payload format 2.0). */
function event(path: string, query: string, headers: Record<string, string> = {}): APIGatewayProxyEventV2 {
  const at = new Date('2026-09-03T18:20:45Z');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers: { host: 'abc.lambda-url.us-west-2.on.aws', 'x-forwarded-proto': 'https', ...headers },
    requestContext: {
      accountId: 'anonymous',
      apiId: 'abc',
      domainName: 'abc.lambda-url.us-west-2.on.aws',
      domainPrefix: 'abc',
      http: { method: 'GET', path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.9', userAgent: 'test' },
      requestId: 'e1',
      routeKey: '$default',
      stage: '$default',
      time: at.toISOString(),
      timeEpoch: at.getTime(),
    },
    isBase64Encoded: false,
  };
}

describe('the built Lambda function', () => {
  it('does not load the cluster client with the OpenAPI document', () => {
    const { outputs } = JSON.parse(readFileSync(`${BUILD}/meta/lambda-index.json`, 'utf8')) as Metafile;
    const files = (part: string) =>
      Object.keys(outputs).filter((file) =>
        Object.keys(outputs[file]?.inputs ?? {}).some((path) => path.includes(part)),
      );
    const [documents, clients] = [files('openapi/document'), files('node_modules/@opensearch-project')];
    expect(documents).toHaveLength(1);
    expect(clients.length).toBeGreaterThan(0);
    const imported = outputs[documents[0] ?? '']?.imports.filter(({ kind }) => kind === 'import-statement') ?? [];
    const read = [...documents, ...imported.map(({ path }) => path)];
    const bytes = clients.filter((file) => read.includes(file)).map((file) => outputs[file]?.bytes ?? 0);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBe(0);
  });

  let handler: Handler;
  // The function keeps a reference to the clock, so that it is replaced before the function is loaded.
  const clock = vi.spyOn(Date, 'now');
  beforeAll(async () => {
    vi.stubEnv('METRICS_NAMESPACE', 'curbside');
    const built = pathToFileURL(`${BUILD}/lambda/index.js`).href;
    ({ handler } = (await import(/* @vite-ignore */ built)) as { handler: Handler });
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    clock.mockRestore();
  });
  const request = (...args: Parameters<typeof event>) => handler(event(...args), {} as Context);

  it('searches the bundled release', async () => {
    const { statusCode, headers, body, isBase64Encoded } = await request('/search', 'q=tacos');
    expect([statusCode, isBase64Encoded]).toEqual([200, false]);
    expect(headers).toMatchObject({ 'content-type': 'application/json' });
    const response = JSON.parse(body ?? '') as SearchResponse;
    expect(response.hits).toBeGreaterThan(1);
    expect(response.trucks).toHaveLength(response.hits);
  });

  it('answers the scheduled check, and writes the age of its data with the id of the invocation', async () => {
    const { Resources } = parse(readFileSync('infra/operations.yaml', 'utf8'), { logLevel: 'silent' });
    const check = JSON.parse(Resources.ReadinessCheck.Properties.Target.Input) as APIGatewayProxyEventV2;
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const { statusCode } = await handler(check, { awsRequestId: 'check-1' } as Context);
    // The alarm's default limit is 50 hours without a refresh.
    clock.mockReturnValue(Date.now() + 51 * 3_600_000);
    await handler(check, { awsRequestId: 'check-2' } as Context);
    clock.mockReset();
    const lines = written.mock.calls.map(([text]) => String(text)).filter((text) => text.includes('check-'));
    written.mockRestore();
    expect(statusCode).toBe(200);
    const [first, second] = lines.map((line) => JSON.parse(line));
    expect(first).toMatchObject({ route: '/readyz', requestId: 'check-1' });
    expect(second).toMatchObject({ route: '/readyz', requestId: 'check-2' });
    const hours = (second.curbside_release_age_seconds - first.curbside_release_age_seconds) / 3_600;
    expect(hours).toBeCloseTo(51, 1);
  });

  it('compresses if gzip is accepted', async () => {
    const { headers, body, isBase64Encoded } = await request('/search', 'q=tacos', { 'accept-encoding': 'gzip' });
    expect(isBase64Encoded).toBe(true);
    expect(headers).toMatchObject({ 'content-encoding': 'gzip' });
    const text = gunzipSync(Buffer.from(body ?? '', 'base64')).toString();
    expect(JSON.parse(text)).toMatchObject({ status: 'success' });
  });

  it('rejects invalid requests as the server does', async () => {
    const { statusCode, body } = await request('/search', 'lat=91');
    expect(statusCode).toBe(400);
    expect(JSON.parse(body ?? '')).toMatchObject({
      status: 'failure',
      problem: { errors: [{ parameter: 'lat' }, { parameter: 'lon' }] },
    });
  });
});
