import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type Files, filesOf } from './zip.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
  '.pmtiles': 'application/vnd.pmtiles',
};

/** Names that end with a hash of their content: `main-66TNVWHN.js`. */
const HASHED = /^assets\/.+-[0-9A-Z]{8}\.\w+$/;

export type Asset = { readonly path: string; readonly contentType: string; readonly cacheControl: string };

/**
 * How the page's files are to be served. What is named by its content is kept for good, everything else asked for again each
 * time, so that a deployment needs no invalidation.
 * @throws Error for a kind of file that has no type yet: a wrong one would be refused by the browser (`nosniff`)
 */
export function assetOf(path: string): Asset {
  const contentType = TYPES[extname(path)];
  if (!contentType) throw new Error(`no content type is known for ${path}: add one in infra/stack/assets.ts`);
  const cacheControl = HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
  return { path, contentType, cacheControl };
}

/**
 * The page of the current build, without compressed variants: the edge compresses by itself. The directory also has recent files of
 * earlier builds, for pages that are open.
 */
export async function builtPage(dist: string): Promise<Files> {
  const { files } = JSON.parse(await readFile(`${dist}/meta/build.json`, 'utf8')) as { files: readonly string[] };
  const current = new Set(files);
  return filesOf(`${dist}/web`, (path) => /\.(br|gz|map)$/.test(path) || !current.has(`web/${path}`));
}

/**
 * Puts the page's files into the bucket, the ones that link to others last; what is there with the same content and headers is left alone.
 * Older hashed files stay, for pages that are open.
 * @returns the paths that were uploaded
 */
export async function uploadPage(s3: S3Client, bucket: string, files: Files): Promise<string[]> {
  const there = await etags(s3, bucket, 'page/');
  const order = (path: string) => (HASHED.test(path) ? 0 : path.endsWith('.html') ? 2 : 1);
  const asks = [...files].map(async ([path, bytes]) => {
    const Key = `page/${path}`;
    if (there.get(Key) !== md5(bytes)) return [[path, bytes]] as const;
    // The listing has no headers, and their rule may have changed.
    const { contentType, cacheControl } = assetOf(path);
    const { ContentType, CacheControl } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key }));
    return ContentType === contentType && CacheControl === cacheControl ? [] : ([[path, bytes]] as const);
  });
  const changed = (await Promise.all(asks)).flat();
  changed.sort(([a], [b]) => order(a) - order(b));
  for (const [path, bytes] of changed) {
    const { contentType: ContentType, cacheControl: CacheControl } = assetOf(path);
    await s3.send(
      new PutObjectCommand({ Bucket: bucket, Key: `page/${path}`, Body: bytes, ContentType, CacheControl }),
    );
  }
  return changed.map(([path]) => path);
}

/** Of objects that were put in one piece and encrypted by S3 itself, the ETag is the content's MD5. */
async function etags(s3: S3Client, bucket: string, prefix: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let token: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(token ? { ContinuationToken: token } : {}) }),
    );
    for (const { Key = '', ETag = '' } of page.Contents ?? []) found.set(Key, ETag.replaceAll('"', ''));
    token = page.NextContinuationToken;
  } while (token);
  return found;
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
