import { AwsClient } from 'aws4fetch';

export type BucketOptions = {
  readonly bucket: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** URL of an S3 emulator, without a path; `null`: S3 itself. */
  readonly endpoint: string | null;
};

export type S3Object = { readonly bytes: Uint8Array<ArrayBuffer>; readonly etag: string };

export type ListedObject = { readonly key: string; readonly writtenMs: number };

export type S3Put = {
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  readonly cacheControl: string;
  /** Writes only if the object has this ETag; `null`: only if the object does not exist; absent: unconditionally. */
  readonly over?: string | null;
};

/** The S3 calls that releases need. Every call throws an Error that names the method, the object and S3's error code. */
export type Bucket = {
  readonly name: string;
  /** Returns `undefined` if the object does not exist. @param signal ends the request, instead of the timeout of 10 s */
  get(key: string, signal?: AbortSignal): Promise<S3Object | undefined>;
  /** Returns `unchanged` if the object still has this ETag. @param signal ends the request, instead of the timeout of 10 s */
  getIfChanged(
    key: string,
    etag: string | undefined,
    signal?: AbortSignal,
  ): Promise<S3Object | 'unchanged' | undefined>;
  /** @returns `conflict` when the condition of `over` does not hold */
  put(key: string, put: S3Put): Promise<'written' | 'conflict'>;
  /** Up to 1,000 objects. */
  list(prefix: string): Promise<ListedObject[]>;
  remove(key: string): Promise<void>;
};

/** Timeout of one request, milliseconds. */
const TIMEOUT_MS = 10_000;

/**
 * Signs requests with a client of 2 kB: loading the AWS SDK would add more to a cold start than the API itself.
 * @param reusesConnections `false`: each request has a connection of its own. S3 closes idle connections while a Lambda function is frozen
 * between two invocations, and the function would notice only when its next request gets no answer.
 */
export function openBucket(
  { bucket, region, credentials, endpoint }: BucketOptions,
  { reusesConnections = true }: { readonly reusesConnections?: boolean } = {},
): Bucket {
  const client = new AwsClient({ ...credentials, region, service: 's3', retries: 2 });
  const base = endpoint ? `${endpoint}/${bucket}` : `https://${bucket}.s3.${region}.amazonaws.com`;
  const ask = async (method: string, path: string, init: RequestInit, accepted: readonly number[]) => {
    const response = await client.fetch(`${base}/${path}`, {
      ...init,
      headers: { ...init.headers, ...(reusesConnections ? {} : { Connection: 'close' }) } as Record<string, string>,
      method,
      signal: init.signal ?? AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok || accepted.includes(response.status)) return response;
    const [, code = ''] = /<Code>(\w+)<\/Code>/.exec(await response.text()) ?? [];
    throw new Error(`S3 ${method} s3://${bucket}/${path}: ${response.status} ${code}`.trim());
  };
  const read = async (key: string, etag: string | undefined, signal: AbortSignal | undefined) => {
    const headers: Record<string, string> = etag ? { 'If-None-Match': etag } : {};
    const response = await ask('GET', key, { headers, signal: signal ?? null }, [304, 404]);
    if (response.status === 304) return 'unchanged' as const;
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (response.status === 404) return undefined;
    return { bytes, etag: response.headers.get('ETag') ?? '' };
  };
  const getIfChanged: Bucket['getIfChanged'] = async (key, etag, signal) => {
    try {
      return await read(key, etag, signal);
    } catch (error) {
      // A broken connection is a TypeError in fetch. S3 advises to try again, on another connection.
      if (!(error instanceof TypeError)) throw error;
      return read(key, etag, signal);
    }
  };
  return {
    name: bucket,
    getIfChanged,
    get: async (key, signal) => {
      const object = await getIfChanged(key, undefined, signal);
      return object === 'unchanged' ? undefined : object;
    },
    put: async (key, { body, contentType, cacheControl, over }) => {
      const headers = {
        'Content-Type': contentType,
        'Cache-Control': cacheControl,
        ...(over === undefined ? {} : over === null ? { 'If-None-Match': '*' } : { 'If-Match': over }),
      };
      // 409: another conditional write of the object is in progress.
      const { status } = await ask('PUT', key, { body, headers }, [409, 412]);
      return status === 409 || status === 412 ? 'conflict' : 'written';
    },
    list: async (prefix) => {
      const response = await ask('GET', `?list-type=2&prefix=${encodeURIComponent(prefix)}`, {}, []);
      const objects = (await response.text()).matchAll(/<Key>([^<]+)<\/Key>\s*<LastModified>([^<]+)</g);
      return Array.from(objects, ([, key = '', written = '']) => ({ key, writtenMs: Date.parse(written) }));
    },
    remove: async (key) => void (await ask('DELETE', key, {}, [404])),
  };
}
