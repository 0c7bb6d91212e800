import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { unzipSync } from 'fflate';
import { afterAll } from 'vitest';
import { type Emulator, startFunction } from '../../fixtures/aws-emulators.ts';

const directories: string[] = [];
// Of the test file that imports this: vitest's processes have no exit of their own.
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** Unpacks a zip into a directory that goes with the test file. */
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

/** Runs a deployed function under the emulator: its own zip out of the bucket, with the variables that the template gave it. */
export async function runDeployed(
  endpoint: string,
  { name, bucket, key, extra }: { name: string; bucket: string; key: string; extra: Record<string, string> },
): Promise<Emulator> {
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
