import { transform } from 'esbuild';
import type { MiddlewareHandler } from 'hono';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../functions/config/config.ts';
import { openEmbedded } from '../../../functions/engine/embedded/release-engine.ts';
import { createApp } from '../../../functions/http/app.ts';
import type { Env } from '../../../functions/http/middleware/env.ts';
import { inlineHashes } from '../../../functions/http/middleware/headers.ts';
import { type Tiles, tileUrlOf } from '../../../functions/model/tile-url.ts';
import { createDirectoryReader } from '../../../functions/releases/directory-reader.ts';
import { createReleaseDownloads } from '../../../functions/releases/downloads.ts';
import { hostedPages } from '../../../functions/site/hosted-pages.ts';
import { builtPage } from '../../../infra/stack/assets.ts';
import { errorPages } from '../../../infra/stack/error-pages.ts';
import { UNUSABLE_ID } from '../../../infra/stack/stack-cities.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { scratchStore } from '../../fixtures/scratch-store.ts';
import { town } from '../../fixtures/town.ts';
import { behaviorOf, functionAt, runEdgeFunction } from './simulated-edge.ts';
import { at, type Json, ofType, only, Parameters, Resources } from './template.ts';

/** Only where TLS is certain: the app does not know. */
const HSTS = { 'strict-transport-security': 'max-age=31536000' };

/** The form of the hash that the build writes next to the page's script. */
const HASH = `sha256-${'A'.repeat(43)}=`;
const OPEN_STREET_MAP = 'https://tile.openstreetmap.org/{z}/{x}/{y}.png';
const INLINE = `<style data-hash="${HASH.replace('A', 'B')}"></style><script data-hash="${HASH}"></script>`;

describe('CloudFront', () => {
  const distribution = at(only('AWS::CloudFront::Distribution').Properties, 'DistributionConfig');
  const origins = at(distribution, 'Origins') as Record<string, Json>[];
  const behaviors = at(distribution, 'CacheBehaviors') as Record<string, Json>[];
  const all = [at(distribution, 'DefaultCacheBehavior') as Record<string, Json>, ...behaviors];

  it('sends every path to an origin that exists', () => {
    const ids = origins.map(({ Id }) => Id);
    const used = all.map((one) => one.TargetOriginId);
    expect(used.filter((id) => !ids.includes(id as string))).toEqual([]);
    expect(ids.filter((id) => !used.includes(id as string))).toEqual([]);
  });

  it('signs its requests to both origins', () => {
    const kinds = Object.fromEntries(
      ofType('AWS::CloudFront::OriginAccessControl').map(([name, { Properties }]) => [
        name,
        at(Properties, 'OriginAccessControlConfig', 'OriginAccessControlOriginType'),
      ]),
    );
    expect(origins.map(({ Id, OriginAccessControlId }) => [Id, kinds[String(OriginAccessControlId)]])).toEqual([
      ['page', 's3'],
      ['api', 'lambda'],
    ]);
    expect(only('AWS::Lambda::Url').Properties).toMatchObject({ AuthType: 'AWS_IAM' });
  });

  it('has both permissions that a function URL needs, for this distribution only', () => {
    const permissions = ofType('AWS::Lambda::Permission').map(([, { Properties }]) => Properties);
    expect(permissions.map(({ Action }) => Action).sort()).toEqual([
      'lambda:InvokeFunction',
      'lambda:InvokeFunctionUrl',
    ]);
    for (const { Principal, SourceArn, FunctionName } of permissions) {
      expect([Principal, FunctionName]).toEqual(['cloudfront.amazonaws.com', 'ApiAlias']);
      expect(SourceArn).toMatch(/\$\{Distribution\}/);
    }
  });

  it('sends every path of the API to the function, and every file of the page to the bucket', async () => {
    const engine = openEmbedded(town());
    const files = createReleaseDownloads(createDirectoryReader('nothing-was-published-here'), town, scratchStore());
    const app = createApp({ engine: () => engine, tiles: null, log: () => {}, files });
    const paths = new Set(
      app.routes.filter(({ method }) => method === 'GET').map(({ path }) => path.replace(/\/:.*$/, '/x')),
    );
    paths.delete('/*');
    paths.delete('*');
    expect(paths.size).toBeGreaterThan(8);
    expect([...paths].filter((path) => behaviorOf(path).TargetOriginId !== 'api')).toEqual([]);
    const pageFiles = [...(await builtPage(BUILD)).keys()].map((path) => `/${path}`);
    expect(pageFiles.length).toBeGreaterThan(3);
    pageFiles.push('/', '/basemap/san-francisco.pmtiles', ...[...errorPages().keys()].map((path) => `/${path}`));
    expect(pageFiles.filter((path) => behaviorOf(path).TargetOriginId !== 'page')).toEqual([]);
    pageFiles.push('/rivertown/', '/docs/');
    expect(behaviors.filter((one) => !pageFiles.some((path) => behaviorOf(path) === one))).toEqual([]);
    // Disallowed methods would get CloudFront's own 403; edge-errors.test.ts compares what they get.
    for (const { AllowedMethods } of all) {
      expect(AllowedMethods).toEqual(['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE']);
    }
  });

  it('has no pattern that takes a city for a folder of the page, but for ids that are refused', () => {
    const folders = behaviors.flatMap(({ PathPattern }) => /^\/\*?([a-z]+)\//.exec(String(PathPattern))?.[1] ?? []);
    expect(new Set(folders)).toEqual(new Set(['docs', 'assets', 'basemap', 'errors', 'icons']));
    expect(folders.filter((name) => !UNUSABLE_ID.test(name))).toEqual([]);
    expect(behaviorOf('/old-assets/search').TargetOriginId).toBe('page');
    for (const id of ['old-assets', 'river-docs']) expect(UNUSABLE_ID.test(id)).toBe(true);
    for (const id of ['vienna', 'docs-town', 'errors-ville']) {
      expect(UNUSABLE_ID.test(id)).toBe(false);
      expect(behaviorOf(`/${id}/search`).TargetOriginId).toBe('api');
    }
  });

  it('has no more behaviors than every account may have', () => {
    expect(all.length).toBeLessThanOrEqual(25);
  });

  it('caches answers by the whole query for as long as they allow, and never caches errors', () => {
    expect(at(only('AWS::CloudFront::CachePolicy').Properties, 'CachePolicyConfig')).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      ParametersInCacheKeyAndForwardedToOrigin: { QueryStringsConfig: { QueryStringBehavior: 'all' } },
    });
    for (const { Compress, ViewerProtocolPolicy } of all) {
      expect([Compress, ViewerProtocolPolicy]).toEqual([true, 'redirect-to-https']);
    }
    const errors = at(distribution, 'CustomErrorResponses') as { ErrorCachingMinTTL: number }[];
    expect(errors.map(({ ErrorCachingMinTTL }) => ErrorCachingMinTTL).filter((ttl) => ttl !== 0)).toEqual([]);
    expect(at(distribution, 'HttpVersion')).toBe('http2and3');
  });

  it.each([
    [OPEN_STREET_MAP, '', ''],
    [OPEN_STREET_MAP, '?embed=1', INLINE],
    ['/basemap/city.pmtiles', '?q=tacos&embed=1', ''],
    ['/basemap/city.pmtiles', '?embed=0', INLINE],
    ['off', '?q=embed%3D1', ''],
    ['off', '', INLINE],
  ])('adds the headers of the app to the page, with tiles %s at /%s, with %s in it', async (tilesUrl, query, html) => {
    const url = tileUrlOf(tilesUrl);
    const tiles = tilesUrl === 'off' ? null : { url, attribution: '', attributionUrl: '', maxZoom: 19 };
    const engine = openEmbedded(town());
    const page: MiddlewareHandler<Env> = async (c) => {
      c.set('inline', inlineHashes(html));
      return c.body('');
    };
    const app = createApp({ engine: () => engine, tiles, log: () => {}, page });
    const appHeaders = Object.fromEntries((await app.request(`/${query}`)).headers);
    // Headers that depend on the request or on the body.
    for (const name of [
      'content-type',
      'etag',
      'vary',
      'x-request-id',
      'access-control-expose-headers',
      'server-timing',
      'cache-control',
    ])
      delete appHeaders[name];
    expect(applyEmbedFunction(query, edgeHeaders(tiles, html))).toEqual({ ...appHeaders, ...HSTS });
  });

  it('lets the page load by default what the app lets it load', () => {
    const { tiles } = readConfig([], {});
    expect(Parameters.PageSources?.Default).toBe(sourcesOf(tiles, ''));
  });

  it('runs functions in the supported JavaScript: one on every request, one on the page itself', async () => {
    for (const [, { Properties }] of ofType('AWS::CloudFront::Function')) {
      // CloudFront Functions are certain to support ES5, and have at most 10 kB.
      await transform(String(Properties.FunctionCode), { target: 'es5' });
      expect(String(Properties.FunctionCode).length).toBeLessThan(10_000);
      expect(at(Properties, 'FunctionConfig', 'Runtime')).toBe('cloudfront-js-2.0');
      expect(Properties.AutoPublish).toBe(true);
    }
    expect(new Set(all.map((one) => functionAt(one, 'viewer-request')))).toEqual(new Set(['Methods']));
    const embedding = all.filter((one) => functionAt(one, 'viewer-response') === 'Embed');
    expect(embedding.map(({ PathPattern }) => PathPattern)).toEqual(['/', '/*/', '/*index.html']);
    const response = { statusCode: 304, headers: {} };
    expect(runEdgeFunction('Embed', eventOf('?embed=1', response))).toEqual(response);
  });

  it('sends the visitor’s host to the function, whatever the visitor wrote', () => {
    const headers = { host: { value: 'food.example' }, 'x-forwarded-host': { value: 'evil.example' } };
    const request = { method: 'GET', uri: '/v/soup', headers };
    const sent = runEdgeFunction<{ headers: Record<string, { value: string }> }>('Methods', {
      version: '1.0',
      context: {},
      request,
    });
    expect(sent.headers['x-forwarded-host']).toEqual({ value: 'food.example' });
  });

  it('tells browsers to use TLS only, with every answer', () => {
    for (const { TargetOriginId, ResponseHeadersPolicyId } of all) {
      expect(ResponseHeadersPolicyId).toBe(TargetOriginId === 'page' ? 'PageHeaders' : 'ApiHeaders');
    }
    for (const [name, { Properties }] of ofType('AWS::CloudFront::ResponseHeadersPolicy')) {
      const path = ['ResponseHeadersPolicyConfig', 'SecurityHeadersConfig', 'StrictTransportSecurity'];
      expect([name, at(Properties, ...path)]).toEqual([name, { AccessControlMaxAgeSec: 31536000, Override: true }]);
    }
  });

  function sourcesOf(tiles: Tiles | null, html: string): string {
    return hostedPages(html, [{ facts: town().city, root: '/', ownTiles: tiles, tiles }]).sources;
  }

  /** Runs the function on a response with these headers. */
  function applyEmbedFunction(query: string, headers: Record<string, string>): Record<string, string> {
    const wrapped = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
    const event = eventOf(query, { statusCode: 200, headers: wrapped });
    const response = runEdgeFunction<{ headers: typeof wrapped }>('Embed', event);
    return Object.fromEntries(Object.entries(response.headers).map(([name, { value }]) => [name, value]));
  }

  /** A viewer-response event in CloudFront's format. */
  function eventOf(query: string, response: object) {
    const querystring = Object.fromEntries([...new URLSearchParams(query)].map(([name, value]) => [name, { value }]));
    return { version: '1.0', context: {}, request: { method: 'GET', uri: '/index.html', querystring }, response };
  }

  /** The headers that the response headers policy adds, as CloudFront sends them. */
  function edgeHeaders(tiles: Tiles | null, html: string): Record<string, string> {
    const policy = at(Resources.PageHeaders?.Properties, 'ResponseHeadersPolicyConfig');
    const security = at(policy, 'SecurityHeadersConfig');
    const custom = at(policy, 'CustomHeadersConfig', 'Items') as { Header: string; Value: string }[];
    return {
      'strict-transport-security': `max-age=${at(security, 'StrictTransportSecurity', 'AccessControlMaxAgeSec')}`,
      'access-control-allow-origin': String(at(policy, 'CorsConfig', 'AccessControlAllowOrigins', 'Items', 0)),
      'content-security-policy': String(at(security, 'ContentSecurityPolicy', 'ContentSecurityPolicy')).replace(
        /\$\{PageSources\}/,
        sourcesOf(tiles, html),
      ),
      'x-content-type-options': at(security, 'ContentTypeOptions', 'Override') ? 'nosniff' : '',
      'x-frame-options': String(at(security, 'FrameOptions', 'FrameOption')),
      'referrer-policy': String(at(security, 'ReferrerPolicy', 'ReferrerPolicy')),
      'x-xss-protection': at(security, 'XSSProtection', 'Protection') === false ? '0' : '1',
      ...Object.fromEntries(custom.map(({ Header, Value }) => [Header.toLowerCase(), Value])),
    };
  }
});
