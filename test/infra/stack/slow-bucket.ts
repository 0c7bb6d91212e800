import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { awsEnvironment } from '../../fixtures/aws-emulators.ts';

const BUCKET = 'slow-bucket';

export type BucketRead = {
  /** Key of the object. */
  readonly key: string;
  /** Milliseconds at its arrival. */
  readonly at: number;
  /** Whether the client asked for a connection of its own. */
  readonly closes: boolean;
};

/** Starts a bucket that holds the files of a directory of releases, as S3 does for a function, and answers each read late. */
export async function startSlowBucket(): Promise<{
  /** The variables with which a function reads from this bucket. */
  readonly env: Readonly<Record<string, string>>;
  readonly reads: BucketRead[];
  /** Replaces all objects. @param files paths in the directory */
  fill(files: ReadonlyMap<string, Uint8Array>): void;
  /** @param ms `null`: reads are never answered */
  setLatency(ms: number | null): void;
  /** Closes all connections, as S3 does when they have been idle for some seconds. */
  breakConnections(): void;
  stop(): void;
}> {
  const objects = new Map<string, Uint8Array>();
  const reads: BucketRead[] = [];
  let latencyMs: number | null = 0;
  const server = createServer(async ({ url = '', headers }, response) => {
    const key = decodeURIComponent(new URL(url, 'http://bucket').pathname).slice(`/${BUCKET}/`.length);
    reads.push({ key, at: performance.now(), closes: headers.connection === 'close' });
    if (latencyMs === null) return;
    await sleep(latencyMs);
    const bytes = objects.get(key);
    if (!bytes) return response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
    if (headers['if-none-match'] === etag) return response.writeHead(304, { ETag: etag }).end();
    return response.writeHead(200, { ETag: etag, 'Content-Length': bytes.length }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    env: { ...awsEnvironment(url), RELEASES_BUCKET: BUCKET },
    reads,
    fill: (files) => {
      objects.clear();
      for (const [path, bytes] of files) objects.set(`data/${path}`, bytes);
    },
    setLatency: (ms) => {
      latencyMs = ms;
    },
    breakConnections: () => server.closeAllConnections(),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
