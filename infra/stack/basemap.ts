import { readFile } from 'node:fs/promises';
import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { OperatorError } from './operator-error.ts';
import type { Files } from './zip.ts';

/**
 * The street map that `TilesUrl` names (`/basemap/NAME.pmtiles`), for the page's folder in the bucket; nothing where tiles come from
 * elsewhere, or where an earlier deployment has put it there and this machine has none.
 * @param bucket `undefined`: there is none yet @throws Refusal when it is neither here nor there
 */
export async function basemapFiles(
  s3: S3Client,
  bucket: string | undefined,
  { tilesUrl, dataDirectory }: { tilesUrl: string; dataDirectory: string },
): Promise<Files> {
  if (!tilesUrl.startsWith('/')) return new Map();
  const path = tilesUrl.slice(1);
  const file = `${dataDirectory}/${path}`;
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (bytes) return new Map([[path, bytes]]);
  const isThere =
    bucket !== undefined &&
    (await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: `page/${path}` })).then(
      () => true,
      (error: Error) => {
        if (error.name === 'NotFound') return false;
        throw error;
      },
    ));
  if (!isThere) throw new OperatorError(`TilesUrl=${tilesUrl} needs ${file}: cut it by \`npm run basemap\` first`);
  return new Map();
}
