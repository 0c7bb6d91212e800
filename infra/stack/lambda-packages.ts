import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { OperatorError } from './operator-error.ts';
import { objectExists } from './s3-bucket.ts';
import { type Files, fingerprint, readFiles, zip } from './zip.ts';

/** Limit for a zip, so that the function starts fast enough: one megabyte. */
const MAX_ZIP_BYTES = 1_000_000;

/** The built code of one function. */
export type LambdaPackage = {
  readonly files: Files;
  /** Key of the zip in the bucket: a hash of the code, without the release that the API's zip carries. */
  readonly key: string;
};

/**
 * Reads a function's files as `npm run build` wrote them, without source maps.
 * @param more files to add @throws OperatorError if there are none
 */
export async function readLambdaPackage(
  name: 'lambda' | 'refresh',
  dist: string,
  more: Files = new Map(),
): Promise<LambdaPackage> {
  const skip = (path: string) => path.endsWith('.map') || path.startsWith('releases/');
  const files = await readFiles(join(dist, name), skip).catch(() => new Map<string, Uint8Array>());
  if (!files.has('index.js'))
    throw new OperatorError(`${dist}/${name}/index.js is missing: run \`npm run build\` first`);
  // Without a package.json Lambda treats .js files as CommonJS.
  files.set('package.json', new TextEncoder().encode('{"type":"module"}\n'));
  for (const [path, bytes] of more) files.set(path, bytes);
  return { files, key: `code/${name}-${fingerprint(files)}.zip` };
}

export type Upload = {
  readonly outcome: 'uploaded' | 'unchanged';
  /** Whether the additional files were left out, because the zip would be too large with them. */
  readonly leftOut: boolean;
};

/**
 * Uploads a function's zip unless the bucket has this code already.
 * @param loadExtraFiles loads files to add to the zip if there is room for all of them; called only before an upload
 * @throws OperatorError if the code alone is too large
 */
export async function uploadLambdaPackage(
  s3: S3Client,
  bucket: string,
  { files, key }: LambdaPackage,
  loadExtraFiles: () => Promise<Files>,
): Promise<Upload> {
  if (await objectExists(s3, bucket, key)) return { outcome: 'unchanged', leftOut: false };
  const whole = zip(new Map([...files, ...(await loadExtraFiles())]));
  const leftOut = whole.length > MAX_ZIP_BYTES;
  const body = leftOut ? zip(files) : whole;
  if (body.length > MAX_ZIP_BYTES) {
    throw new OperatorError(`${key} has ${body.length} bytes; a function may have at most ${MAX_ZIP_BYTES}`);
  }
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'application/zip' }));
  return { outcome: 'uploaded', leftOut };
}

/** A release with its paths in the zip. The API answers from it when it cannot read a newer one from the bucket. */
export type BundledRelease = { readonly files: Files; readonly from: 'the bucket' | 'live data' | 'the sample' };

/** Says which release the uploaded code of the API carries. @param from where it is from @param leftOut whether it was too large */
export function describeBundle(from: string, leftOut: boolean): string {
  if (!leftOut) return `the API's code carries a release from ${from}`;
  const limit = `${MAX_ZIP_BYTES / 1e6} MB`;
  return `the release from ${from} does not fit into the API's zip, which may have ${limit}: the API reads it from the bucket when it starts. See "Large data" in infra/README.md for the memory that it needs`;
}

/** Loads the release for the API's zip: the deployed one, otherwise one of live data, otherwise one of the sample. */
export async function bundledRelease(
  s3: S3Client,
  bucket: string,
  { dist, city, sample, print }: { dist: string; city: string; sample: boolean; print: (line: string) => void },
): Promise<BundledRelease> {
  const deployed = sample ? undefined : await deployedRelease(s3, bucket);
  if (deployed) return { files: deployed, from: 'the bucket' };
  if (!sample) {
    try {
      return { files: await runLoader(dist, ['--city', city]), from: 'live data' };
    } catch (error) {
      print(`warning: cannot load the live data, so the code carries the sample: ${(error as Error).message}`);
    }
  }
  return { files: await runLoader(dist, ['--city', city, '--sample']), from: 'the sample' };
}

async function deployedRelease(s3: S3Client, bucket: string): Promise<Files | undefined> {
  const read = async (key: string) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  };
  try {
    const pointer = await read('data/current.json');
    const { version, branches } = JSON.parse(new TextDecoder().decode(pointer)) as {
      version: string;
      branches: number;
    };
    const pointerInZip = `${JSON.stringify({ version, branches, previous: [], refused: [] }, null, 2)}\n`;
    const names = ['release.json', 'provenance.json', 'index.bin'].map((name) => `${version}/${name}`);
    const files = await Promise.all(
      names.map(async (name) => [`releases/${name}`, await read(`data/${name}`)] as const),
    );
    return new Map([['releases/current.json', new TextEncoder().encode(pointerInZip)], ...files]);
  } catch (error) {
    if (/NoSuchKey|NotFound/.test((error as Error).name)) return undefined;
    throw error;
  }
}

/** Runs the built loader and reads the release that it publishes. @throws OperatorError with the loader's output */
async function runLoader(dist: string, args: readonly string[]): Promise<Files> {
  const directory = await mkdtemp(join(tmpdir(), 'curbside-'));
  try {
    const out = join(directory, 'releases');
    const loaderArgs = [join(dist, 'seed.js'), '--quiet', '--data-dir', directory, '--out', out, ...args];
    execFileSync(process.execPath, loaderArgs, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
    const files = await readFiles(
      out,
      (path) => !/^current\.json$|\/(release\.json|provenance\.json|index\.bin)$/.test(path),
    );
    return new Map([...files].map(([path, bytes]) => [`releases/${path}`, bytes]));
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new OperatorError((stderr ?? '').trim() || message);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
