import { readFile } from 'node:fs/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { OperatorError } from './operator-error.ts';
import { objectExists } from './s3-bucket.ts';
import type { Files } from './zip.ts';

/**
 * Reads the street map that `TilesUrl` names (`/basemap/NAME.pmtiles`), to be uploaded with the page. Returns no file if the
 * tiles come from another server, or if this machine has no map and an earlier deployment has uploaded it.
 * @param bucket `undefined` if it does not exist yet @throws OperatorError if the map is neither here nor in the bucket
 */
export async function readBasemap(
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
  if (bucket !== undefined && (await objectExists(s3, bucket, `page/${path}`))) return new Map();
  throw new OperatorError(`TilesUrl=${tilesUrl} needs the file ${file}: create it with \`npm run basemap\``);
}
