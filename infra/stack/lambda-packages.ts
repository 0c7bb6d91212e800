import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { OperatorError } from './operator-error.ts';
import { type Files, filesOf, fingerprint, zip } from './zip.ts';

/** The largest API zip that starts fast enough, bytes: a megabyte. */
const MAX_API_BYTES = 1_000_000;

/** One function's code as it was built. */
export type LambdaPackages = {
  readonly files: Files;
  /** Key in the bucket. It names the code; the release that is put beside the API's is not part of it. */
  readonly key: string;
};

/** What `npm run build` wrote for a function. Source maps stay where they are. @throws Refusal when nothing is there */
export async function builtPackages(name: 'lambda' | 'refresh', dist: string): Promise<LambdaPackages> {
  const skip = (path: string) => path.endsWith('.map') || path.startsWith('releases/');
  const files = await filesOf(join(dist, name), skip).catch(() => new Map<string, Uint8Array>());
  if (!files.has('index.js'))
    throw new OperatorError(`${dist}/${name}/index.js is not there: run \`npm run build\` first`);
  // Lambda takes .js for CommonJS unless a package.json says otherwise.
  files.set('package.json', new TextEncoder().encode('{"type":"module"}\n'));
  return { files, key: `code/${name}-${fingerprint(files)}.zip` };
}

/** Puts a function's zip into the bucket, unless this very code is there already. `beside` is asked for only then. */
export async function uploadPackages(
  s3: S3Client,
  bucket: string,
  { files, key }: LambdaPackages,
  beside: () => Promise<Files>,
): Promise<'uploaded' | 'there'> {
  const there = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).then(
    () => true,
    (error: Error) => {
      if (error.name === 'NotFound') return false;
      throw error;
    },
  );
  if (there) return 'there';
  const body = zip(new Map([...files, ...(await beside())]));
  if (body.length > MAX_API_BYTES) {
    throw new OperatorError(
      `${key} would be ${body.length} bytes, and a function starts from at most ${MAX_API_BYTES}`,
    );
  }
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'application/zip' }));
  return 'uploaded';
}

/** What the loader publishes, under the names that a zip has it by: the API answers from it until it has read a newer one. */
export type Bundle = { readonly files: Files; readonly from: 'the bucket' | 'live data' | 'the sample' };

/** The release that the API's zip carries: the deployed one, else the live data, else the sample, whichever is there first. */
export async function releaseForZip(
  s3: S3Client,
  bucket: string,
  { dist, city, sample, say }: { dist: string; city: string; sample: boolean; say: (line: string) => void },
): Promise<Bundle> {
  const deployed = sample ? undefined : await deployedRelease(s3, bucket);
  if (deployed) return { files: deployed, from: 'the bucket' };
  if (!sample) {
    try {
      return { files: await seeded(dist, ['--city', city]), from: 'live data' };
    } catch (error) {
      say(`warning: the live data was not loaded, so the code carries the sample: ${(error as Error).message}`);
    }
  }
  return { files: await seeded(dist, ['--city', city, '--sample']), from: 'the sample' };
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
    const alone = `${JSON.stringify({ version, branches, previous: [], refused: [] }, null, 2)}\n`;
    const names = ['release.json', 'provenance.json', 'index.bin'].map((name) => `${version}/${name}`);
    const files = await Promise.all(
      names.map(async (name) => [`releases/${name}`, await read(`data/${name}`)] as const),
    );
    return new Map([['releases/current.json', new TextEncoder().encode(alone)], ...files]);
  } catch (error) {
    if (/NoSuchKey|NotFound/.test((error as Error).name)) return undefined;
    throw error;
  }
}

/** Runs the built loader. @throws Refusal with what it said */
async function seeded(dist: string, args: readonly string[]): Promise<Files> {
  const directory = await mkdtemp(join(tmpdir(), 'curbside-'));
  try {
    const out = join(directory, 'releases');
    const all = [join(dist, 'seed.js'), '--quiet', '--data-dir', directory, '--out', out, ...args];
    execFileSync(process.execPath, all, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
    const files = await filesOf(
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
