import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { unzipSync } from 'fflate';
import { afterAll } from 'vitest';
import { type LambdaEmulator, startFunction } from '../../fixtures/aws-emulators.ts';

const directories: string[] = [];
// Runs after the test file that imports this module; an exit handler would not run, because vitest reuses its processes.
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** Unpacks a zip into a directory that is deleted after the test file. */
export function unpack(zip: Uint8Array): string {
  const directory = mkdtempSync(join(tmpdir(), 'curbside-zip-'));
  directories.push(directory);
  for (const [path, bytes] of Object.entries(unzipSync(zip))) {
    const to = join(directory, path);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, bytes);
  }
  return directory;
}

/** Runs a deployed function under the emulator, with its zip from the bucket and its variables from the template. */
export async function runDeployed(
  endpoint: string,
  { name, bucket, key, extra }: { name: string; bucket: string; key: string; extra: Record<string, string> },
): Promise<LambdaEmulator> {
  const access = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const { Body } = await new S3Client({ ...access, forcePathStyle: true }).send(
    new GetObjectCommand({ Bucket: bucket, Key: key }),
  );
  const zip = await Body?.transformToByteArray();
  if (!zip) throw new Error(`${key} is empty`);
  const { Environment } = await new LambdaClient(access).send(
    new GetFunctionConfigurationCommand({ FunctionName: name }),
  );
  return startFunction(unpack(zip), { ...Environment?.Variables, ...extra });
}
