import { readdirSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { transform } from 'esbuild';
import type { MiddlewareHandler } from 'hono';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../functions/engine/embedded/release-engine.ts';
import { createApp } from '../../../functions/http/app.ts';
import type { Env } from '../../../functions/http/middleware/env.ts';
import { tileUrlOf } from '../../../functions/model/tile-url.ts';
import { createDirectoryReader } from '../../../functions/releases/directory-reader.ts';
import { createReleaseDownloads } from '../../../functions/releases/downloads.ts';
import { scriptSources } from '../../../infra/stack/assets.ts';
import { evaluateConditions } from '../../../infra/stack/conditions.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { scratchStore } from '../../fixtures/scratch-store.ts';
import { town } from '../../fixtures/town.ts';
import { at, document, type Json, ofType, only, Parameters } from './template.ts';

/** The form of the hash that the build writes next to the page's script. */
const INLINE_SCRIPT = `sha256-${'A'.repeat(43)}=`;

describe('CloudFront', () => {
  const distribution = at(only('AWS::CloudFront::Distribution').Properties, 'DistributionConfig');
  const origins = at(distribution, 'Origins') as Record<string, Json>[];
  const behaviors = at(distribution, 'CacheBehaviors') as Record<string, Json>[];
  const embed = only('AWS::CloudFront::Function').Properties;

  it('sends every path to an origin that exists', () => {
    const ids = origins.map(({ Id }) => Id);
    const used = [
      at(distribution, 'DefaultCacheBehavior', 'TargetOriginId'),
      ...behaviors.map((one) => one.TargetOriginId),
    ];
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
    const originOf = (path: string) =>
      behaviors.find(({ PathPattern }) => new RegExp(`^${String(PathPattern).replaceAll('*', '.*')}$`).test(path))
        ?.TargetOriginId ?? 'page';
    expect([...paths].filter((path) => originOf(path) !== 'api')).toEqual([]);
    const pageFiles = readdirSync(`${BUILD}/web`, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(`${BUILD}/web`.length));
    expect(pageFiles.length).toBeGreaterThan(3);
    pageFiles.push('/basemap/san-francisco.pmtiles');
    expect(pageFiles.filter((path) => originOf(path) !== 'page')).toEqual([]);
    for (const { TargetOriginId, AllowedMethods } of behaviors) {
      if (TargetOriginId === 'api') expect(AllowedMethods).toEqual(['GET', 'HEAD', 'OPTIONS']);
    }
  });

  it('caches answers by the whole query for as long as they allow, and never caches errors', () => {
    expect(at(only('AWS::CloudFront::CachePolicy').Properties, 'CachePolicyConfig')).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      ParametersInCacheKeyAndForwardedToOrigin: { QueryStringsConfig: { QueryStringBehavior: 'all' } },
    });
    for (const { Compress, ViewerProtocolPolicy } of behaviors) {
      expect([Compress, ViewerProtocolPolicy]).toEqual([true, 'redirect-to-https']);
    }
    const errors = at(distribution, 'CustomErrorResponses') as { ErrorCachingMinTTL: number }[];
    expect(errors.map(({ ErrorCachingMinTTL }) => ErrorCachingMinTTL).filter((ttl) => ttl !== 0)).toEqual([]);
    expect(at(distribution, 'HttpVersion')).toBe('http2and3');
  });

  it.each([
    [String(Parameters.TilesUrl?.Default), '', ''],
    [String(Parameters.TilesUrl?.Default), '?embed=1', INLINE_SCRIPT],
    ['/basemap/city.pmtiles', '?q=tacos&embed=1', ''],
    ['/basemap/city.pmtiles', '?embed=0', INLINE_SCRIPT],
    ['off', '?q=embed%3D1', ''],
    ['off', '', INLINE_SCRIPT],
  ])('adds the headers of the app to the page, with tiles %s at /%s, script %s', async (tilesUrl, query, script) => {
    const url = tileUrlOf(tilesUrl);
    const tiles = tilesUrl === 'off' ? null : { url, attribution: '', attributionUrl: '', maxZoom: 19 };
    const engine = openEmbedded(town());
    const page: MiddlewareHandler<Env> = async (c) => {
      c.set('inlineScript', script || undefined);
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
    expect(applyEmbedFunction(query, edgeHeaders(tilesUrl, script))).toEqual(appHeaders);
  });

  it('runs a function in the supported JavaScript, on files of the bucket only', async () => {
    // CloudFront Functions are certain to support ES5.
    await transform(String(embed.FunctionCode), { target: 'es5' });
    expect(at(embed, 'FunctionConfig', 'Runtime')).toBe('cloudfront-js-2.0');
    expect(embed.AutoPublish).toBe(true);
    expect(at(distribution, 'DefaultCacheBehavior', 'FunctionAssociations')).toEqual([
      { EventType: 'viewer-response', FunctionARN: 'Embed.FunctionARN' },
    ]);
    expect(behaviors.filter(({ FunctionAssociations }) => FunctionAssociations)).toEqual([]);
    const response = { statusCode: 304, headers: {} };
    expect(runInNewContext(`${embed.FunctionCode}; handler(event)`, { event: eventOf('?embed=1', response) })).toEqual(
      response,
    );
  });

  /** Runs the function on a response with these headers. */
  function applyEmbedFunction(query: string, headers: Record<string, string>): Record<string, string> {
    const wrapped = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
    const event = eventOf(query, { statusCode: 200, headers: wrapped });
    const response = runInNewContext(`${embed.FunctionCode}; handler(event)`, { event }) as { headers: typeof wrapped };
    return Object.fromEntries(Object.entries(response.headers).map(([name, { value }]) => [name, value]));
  }

  /** A viewer-response event in CloudFront's format. */
  function eventOf(query: string, response: object) {
    const querystring = Object.fromEntries([...new URLSearchParams(query)].map(([name, value]) => [name, { value }]));
    return { version: '1.0', context: {}, request: { method: 'GET', uri: '/index.html', querystring }, response };
  }

  /** The headers that the response headers policy adds, as CloudFront sends them. */
  function edgeHeaders(tilesUrl: string, script: string): Record<string, string> {
    const policy = at(only('AWS::CloudFront::ResponseHeadersPolicy').Properties, 'ResponseHeadersPolicyConfig');
    const security = at(policy, 'SecurityHeadersConfig');
    const [sub, names] = at(security, 'ContentSecurityPolicy', 'ContentSecurityPolicy') as Json[];
    const [condition = '', [text, host] = []] = at(names, 'Tiles') as [string, [string, Json]];
    expect(host).toEqual({ Host: [2, ['/', 'TilesUrl']] });
    const holds = evaluateConditions(document, new Map([['TilesUrl', tilesUrl]])).get(condition);
    const source = holds ? String(text).replace('${'.concat('Host}'), tilesUrl.split('/')[2] ?? '') : '';
    const custom = at(policy, 'CustomHeadersConfig', 'Items') as { Header: string; Value: string }[];
    return {
      'access-control-allow-origin': String(at(policy, 'CorsConfig', 'AccessControlAllowOrigins', 'Items', 0)),
      'content-security-policy': String(sub)
        .replace(/\$\{Tiles\}/, source)
        .replace(
          /\$\{ScriptSources\}/,
          scriptSources(new Map([['index.html', Buffer.from(script && `<script data-hash="${script}">`)]])),
        ),
      'x-content-type-options': at(security, 'ContentTypeOptions', 'Override') ? 'nosniff' : '',
      'x-frame-options': String(at(security, 'FrameOptions', 'FrameOption')),
      'referrer-policy': String(at(security, 'ReferrerPolicy', 'ReferrerPolicy')),
      'x-xss-protection': at(security, 'XSSProtection', 'Protection') === false ? '0' : '1',
      ...Object.fromEntries(custom.map(({ Header, Value }) => [Header.toLowerCase(), Value])),
    };
  }
});
