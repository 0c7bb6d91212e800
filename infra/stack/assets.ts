import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type Files, readFiles } from './zip.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
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

/** File names that end with a hash of the content: `main-66TNVWHN.js`. */
const HASHED = /^assets\/.+-[0-9A-Z]{8}\.\w+$/;

export type Asset = { readonly path: string; readonly contentType: string; readonly cacheControl: string };

/** Files that are revalidated on each request: what names the other files of a build, and the street map, which is replaced as a whole. */
const REVALIDATED = /^((?:[a-z-]+\/)?index\.html|worker\.js|basemap\/.*)$/;

/**
 * The headers that a file of the page is served with. Files with a hash in their name are cached for a year, icons and style sheets for
 * five minutes, and the page itself is revalidated on each request, so a deployment needs no CloudFront invalidation.
 * @throws Error for an unknown extension: with `nosniff`, browsers reject a file of the wrong type
 */
export function describeAsset(path: string): Asset {
  const contentType = path.endsWith('.problem.json') ? 'application/problem+json' : CONTENT_TYPES[extname(path)];
  if (!contentType) throw new Error(`no content type is known for ${path}: add one in infra/stack/assets.ts`);
  const lifetime = REVALIDATED.test(path) ? 'no-cache' : 'public, max-age=300';
  const cacheControl = HASHED.test(path) ? 'public, max-age=31536000, immutable' : lifetime;
  return { path, contentType, cacheControl };
}

/**
 * The files of the current build's page. Precompressed ones are left out, because CloudFront compresses by itself, and so are those of
 * earlier builds, which stay in the directory for a day.
 */
export async function builtPage(dist: string): Promise<Files> {
  const { files } = JSON.parse(await readFile(`${dist}/meta/build.json`, 'utf8')) as { files: readonly string[] };
  const current = new Set(files);
  return readFiles(`${dist}/web`, (path) => /\.(br|gz|map)$/.test(path) || !current.has(`web/${path}`));
}

/**
 * The start pages with the absolute address of the image that other sites show with a link. The built pages have none, because they are
 * the same for every host; a server fills it in for each request.
 */
export function withShareImage(pages: Files, url: string): Files {
  const tag = '<meta property="og:image" content="';
  const origin = url.replaceAll('"', '%22');
  return new Map(
    [...pages].map(([path, bytes]) => [
      path,
      Buffer.from(
        Buffer.from(bytes)
          .toString()
          .replace(`${tag}/`, () => `${tag}${origin}/`),
      ),
    ]),
  );
}

/**
 * Uploads the page's files: hashed files first and HTML last, so that no page links to a file that is still missing.
 * Skips files whose content and headers are unchanged. Keeps older hashed files for pages that are still open.
 * @returns the uploaded paths
 */
export async function uploadPage(s3: S3Client, bucket: string, files: Files): Promise<string[]> {
  const remoteETags = await listETags(s3, bucket, 'page/');
  const uploadOrder = (path: string) => (HASHED.test(path) ? 0 : path.endsWith('.html') ? 2 : 1);
  const comparisons = [...files].map(async ([path, bytes]) => {
    const Key = `page/${path}`;
    if (remoteETags.get(Key) !== md5(bytes)) return [[path, bytes]] as const;
    // The listing has no headers, and a new version of this script may set other ones.
    const { contentType, cacheControl } = describeAsset(path);
    const { ContentType, CacheControl } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key }));
    return ContentType === contentType && CacheControl === cacheControl ? [] : ([[path, bytes]] as const);
  });
  const changed = (await Promise.all(comparisons)).flat();
  changed.sort(([a], [b]) => uploadOrder(a) - uploadOrder(b));
  for (const [path, bytes] of changed) {
    const { contentType: ContentType, cacheControl: CacheControl } = describeAsset(path);
    await s3.send(
      new PutObjectCommand({ Bucket: bucket, Key: `page/${path}`, Body: bytes, ContentType, CacheControl }),
    );
  }
  return changed.map(([path]) => path);
}

/** For an object uploaded in one part and encrypted with SSE-S3, the ETag is the MD5 of its content. */
async function listETags(s3: S3Client, bucket: string, prefix: string): Promise<Map<string, string>> {
  const etags = new Map<string, string>();
  let token: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(token ? { ContinuationToken: token } : {}) }),
    );
    for (const { Key = '', ETag = '' } of page.Contents ?? []) etags.set(Key, ETag.replaceAll('"', ''));
    token = page.NextContinuationToken;
  } while (token);
  return etags;
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
