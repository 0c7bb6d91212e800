import { AwsClient } from 'aws4fetch';

/** Which S3 bucket, and who asks. */
export type BucketOptions = {
  readonly bucket: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** Address of a stand-in for S3, without a path; `null`: S3 itself. */
  readonly endpoint: string | null;
};

export type S3Object = { readonly bytes: Uint8Array<ArrayBuffer>; readonly etag: string };

export type S3Put = {
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  readonly cacheControl: string;
  /** Writes only over the object of this ETag; `null`: only where none is yet; left out: whatever is there. */
  readonly over?: string | null;
};

/** The few calls of S3 that releases need. The signing client is 2 kB; AWS's own costs a cold start more than the API itself. */
export type Bucket = {
  readonly name: string;
  /** An object, `undefined` when it is not there, `unchanged` when its ETag is still `known`. @throws Error */
  get(key: string, known?: string): Promise<S3Object | 'unchanged' | undefined>;
  /** @returns `conflict` when `over` did not hold. @throws Error */
  put(key: string, put: S3Put): Promise<'written' | 'conflict'>;
  /** Up to 1,000 keys. @throws Error */
  list(prefix: string): Promise<string[]>;
  /** @throws Error */
  remove(key: string): Promise<void>;
};

/** How long S3 may take for one answer, milliseconds. */
const TIMEOUT_MS = 10_000;

/** @throws Error of each call: what was asked of which bucket, and S3's code */
export function openBucket({ bucket, region, credentials, endpoint }: BucketOptions): Bucket {
  const client = new AwsClient({ ...credentials, region, service: 's3', retries: 2 });
  const base = endpoint ? `${endpoint}/${bucket}` : `https://${bucket}.s3.${region}.amazonaws.com`;
  const ask = async (method: string, path: string, init: RequestInit, fine: readonly number[]) => {
    const response = await client.fetch(`${base}/${path}`, {
      ...init,
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok || fine.includes(response.status)) return response;
    const [, code = ''] = /<Code>(\w+)<\/Code>/.exec(await response.text()) ?? [];
    throw new Error(`S3 ${method} s3://${bucket}/${path}: ${response.status} ${code}`.trim());
  };
  return {
    name: bucket,
    get: async (key, known) => {
      const response = await ask('GET', key, { headers: known ? { 'If-None-Match': known } : {} }, [304, 404]);
      if (response.status === 304) return 'unchanged';
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (response.status === 404) return undefined;
      return { bytes, etag: response.headers.get('ETag') ?? '' };
    },
    put: async (key, { body, contentType, cacheControl, over }) => {
      const headers = {
        'Content-Type': contentType,
        'Cache-Control': cacheControl,
        ...(over === undefined ? {} : over === null ? { 'If-None-Match': '*' } : { 'If-Match': over }),
      };
      // 409: another conditional write is under way at this moment.
      const { status } = await ask('PUT', key, { body, headers }, [409, 412]);
      return status === 409 || status === 412 ? 'conflict' : 'written';
    },
    list: async (prefix) => {
      const response = await ask('GET', `?list-type=2&prefix=${encodeURIComponent(prefix)}`, {}, []);
      return [...(await response.text()).matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key]) => key ?? '');
    },
    remove: async (key) => void (await ask('DELETE', key, {}, [404])),
  };
}
