import { fileURLToPath } from 'node:url';
import { createEventHandler, type FunctionEvent } from './aws/lambda-adapter.ts';
import { loadAws, loadEnvironment, runByClockOf } from './config/config.ts';
import { createLog } from './node/log.ts';
import { observeLambda } from './observe/observe-lambda.ts';
import { openCurrentRelease } from './releases/open-release.ts';
import { openBucket } from './releases/s3-client.ts';
import { readCityList } from './serving/city-list-file.ts';
import { type FunctionParts, serveFunctionCity } from './serving/function-city.ts';

const config = loadEnvironment();
const { releases, metricsNamespace: namespace, requestMetrics } = loadAws();
/** Lambda runs one invocation at a time in a process. The start of a process belongs to none. */
let invocation: { readonly requestId: string | undefined; readonly client: string | null } = {
  requestId: undefined,
  client: null,
};
const write = (line: string) => process.stdout.write(line);
const log = createLog(write, () => ({ requestId: invocation.requestId }));
/** The path of a file or directory next to this program. */
const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
// A deployment puts a release next to this file if there is room for it, so that the function answers even when S3 does not.
const directory = pathOf('./releases');
const bundled = await openCurrentRelease(directory);
if (!bundled && !releases) throw new Error('the function has neither a release nor RELEASES_BUCKET');
for (const warning of bundled?.warnings ?? []) log('release', { warning });
if (bundled) runByClockOf(bundled.about.city.zone);

const parts: FunctionParts = {
  config,
  bucket: releases && openBucket(releases, { reusesConnections: false }),
  directory,
  bundled,
  listed: readCityList(pathOf('./cities.json')),
  log,
  observerOf: (city) =>
    observeLambda(config, { namespace, requestMetrics, city, client: () => invocation.client, write }),
};
const handleEvent = createEventHandler(
  config.cities.length === 1
    ? await serveFunctionCity(parts)
    : // A cold start of one city does not read it.
      await (await import('./serving/function-cities.ts')).serveFunctionCities(parts),
);

/** Handles events of function URLs and API Gateway (payload 2.0), each after looking for a newer release. */
export async function handler(event: FunctionEvent, { awsRequestId }: { readonly awsRequestId?: string } = {}) {
  invocation = { requestId: awsRequestId, client: event.requestContext.http.sourceIp };
  return handleEvent(event, awsRequestId);
}
