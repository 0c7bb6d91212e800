import { runInNewContext } from 'node:vm';
import { describeAsset } from '../../../infra/stack/assets.ts';
import type { Files } from '../../../infra/stack/zip.ts';
import { at, type Json, only, Resources } from './template.ts';

const distribution = at(only('AWS::CloudFront::Distribution').Properties, 'DistributionConfig');
const behaviors = at(distribution, 'CacheBehaviors') as Record<string, Json>[];
const errorResponses = at(distribution, 'CustomErrorResponses') as {
  ErrorCode: number;
  ResponseCode?: number;
  ResponsePagePath?: string;
}[];

export type EdgeRequest = { readonly method: string; readonly path: string; readonly headers?: Record<string, string> };
export type EdgeAnswer = { readonly status: number; readonly headers: Record<string, string>; readonly body: string };

/** The cache behavior of a path: the first whose pattern matches, otherwise the default one. */
export function behaviorOf(path: string): Record<string, Json> {
  const matches = ({ PathPattern }: Record<string, Json>) =>
    new RegExp(`^${String(PathPattern).replace(/[.]/g, '\\.').replaceAll('*', '.*')}$`).test(path);
  return behaviors.find(matches) ?? (at(distribution, 'DefaultCacheBehavior') as Record<string, Json>);
}

/** The name of the function that a behavior runs at this event, in the template. */
export function functionAt(behavior: Record<string, Json>, eventType: string): string | undefined {
  const associations = (behavior.FunctionAssociations ?? []) as { EventType: string; FunctionARN: string }[];
  return associations.find(({ EventType }) => EventType === eventType)?.FunctionARN.split('.')[0];
}

/** Runs a CloudFront function of the template. @param cities the parameter `City` */
export function runEdgeFunction<Result>(name: string, event: object, cities = 'town'): Result {
  const code = String(Resources[name]?.Properties.FunctionCode).replace('$'.concat('{City}'), cities);
  return runInNewContext(`${code}; handler(event)`, { event }) as Result;
}

/**
 * CloudFront as the template configures it, without its cache: allowed methods, the function for viewer requests, the origin of the path,
 * and custom error responses. S3 answers 403 for a missing file, because CloudFront may not list the bucket.
 */
export function createEdge({
  api,
  files,
  cities,
}: {
  api: (request: EdgeRequest) => Promise<EdgeAnswer>;
  files: Files;
  /** The parameter `City`. */
  cities?: string;
}): (request: EdgeRequest) => Promise<EdgeAnswer> {
  async function fromOrigin(request: EdgeRequest, { TargetOriginId }: Record<string, Json>): Promise<EdgeAnswer> {
    if (TargetOriginId === 'api') return api(request);
    const path = request.path === '/' ? 'index.html' : request.path.slice(1);
    const bytes = files.get(path);
    if (!bytes)
      return { status: 403, headers: { 'content-type': 'application/xml' }, body: '<Code>AccessDenied</Code>' };
    return {
      status: 200,
      headers: { 'content-type': describeAsset(path).contentType },
      body: Buffer.from(bytes).toString(),
    };
  }
  return async (request) => {
    const behavior = behaviorOf(request.path);
    if (!(behavior.AllowedMethods as string[]).includes(request.method)) {
      return { status: 403, headers: { 'content-type': 'text/html' }, body: '<H1>403 ERROR</H1>' };
    }
    const name = functionAt(behavior, 'viewer-request');
    let forwarded = request;
    if (name) {
      const headers = Object.fromEntries(
        Object.entries(request.headers ?? {}).map(([key, value]) => [key.toLowerCase(), { value }]),
      );
      const { method, path: uri } = request;
      const event = {
        version: '1.0',
        context: { requestId: 'edge-1' },
        request: { method, uri, querystring: {}, headers },
      };
      const result = runEdgeFunction<{
        statusCode?: number;
        uri?: string;
        headers: Record<string, { value: string }>;
        body?: string;
      }>(name, event, cities);
      if (result.statusCode !== undefined) {
        const sent = Object.entries(result.headers).map(([key, { value }]) => [key, value]);
        return { status: result.statusCode, headers: Object.fromEntries(sent), body: result.body ?? '' };
      }
      forwarded = { ...request, path: result.uri ?? request.path };
    }
    // The behavior stays the one of the address that was requested.
    const answer = await fromOrigin(forwarded, behavior);
    const custom = errorResponses.find(({ ErrorCode }) => ErrorCode === answer.status);
    if (!custom?.ResponsePagePath) return answer;
    const page = await fromOrigin(
      { method: 'GET', path: custom.ResponsePagePath },
      behaviorOf(custom.ResponsePagePath),
    );
    return page.status === 200 ? { ...page, status: custom.ResponseCode ?? answer.status } : answer;
  };
}
