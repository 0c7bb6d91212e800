import { AwsClient } from 'aws4fetch';

export type ApiRequest = {
  readonly service: 'cloudfront' | 'es' | 'ssm';
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** Sends a signed request. @returns the body of the answer @throws an error like those of AWS's SDK: name, message and status */
export type SignedApi = (request: ApiRequest) => Promise<string>;

export type ApiAccess = {
  readonly region: () => Promise<string>;
  /** URL of an emulator (`AWS_ENDPOINT_URL`). */
  readonly endpoint: string | undefined;
  readonly credentials: () => Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken?: string }>;
};

/** Timeout of one request, milliseconds. */
const TIMEOUT_MS = 10_000;

/**
 * Calls the AWS APIs of which the deployment needs a single operation each. AWS's SDK has a package for each API, with 2 to 5 MB
 * unpacked (CloudFront, OpenSearch Service and Systems Manager together 12 MB in March 2026).
 */
export function createSignedApi({ region, endpoint, credentials }: ApiAccess): SignedApi {
  return async ({ service, method, path, headers = {}, body }) => {
    // CloudFront's API has a single region.
    const apiRegion = service === 'cloudfront' ? 'us-east-1' : await region();
    const host = service === 'cloudfront' ? 'cloudfront.amazonaws.com' : `${service}.${apiRegion}.amazonaws.com`;
    const base = endpoint || `https://${host}`;
    const client = new AwsClient({ ...(await credentials()), region: apiRegion, service, retries: 2 });
    const response = await client
      .fetch(`${base}${path}`, { method, headers, body: body ?? null, signal: AbortSignal.timeout(TIMEOUT_MS) })
      .catch((error: Error) => {
        // The cause has the code of the network error.
        throw error.cause instanceof Error ? error.cause : error;
      });
    const text = await response.text();
    if (!response.ok) throw apiError(response, text);
    return text;
  };
}

function apiError({ status, headers }: Response, text: string): Error {
  const field = (pattern: RegExp) => pattern.exec(text)?.[1];
  const code =
    headers.get('x-amzn-errortype') ?? field(/"__type"\s*:\s*"([^"]+)"/) ?? field(/<Code>([^<]+)<\/Code>/) ?? '';
  const message = field(/"[Mm]essage"\s*:\s*"((?:[^"\\]|\\.)*)"/) ?? field(/<Message>([^<]*)<\/Message>/);
  // Such as com.amazonaws.ssm#ParameterNotFound, or ResourceNotFoundException:http://…
  const name = code.replace(/^.*#/, '').replace(/:.*/, '') || `Unknown${status}`;
  return Object.assign(new Error(message ?? `status ${status}`), { name, $metadata: { httpStatusCode: status } });
}
