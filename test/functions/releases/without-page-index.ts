import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAGE_INDEX_NAME } from '../../../functions/model/site-release.ts';
import { parseProvenance, provenanceText } from '../../../functions/releases/release-format.ts';

/** Takes the packed index out of a published release, as if an earlier version of the program had published it. */
export async function removePageIndex(directory: string, version: string): Promise<void> {
  const folder = join(directory, version);
  for (const name of readdirSync(folder)) if (PAGE_INDEX_NAME.test(name)) rmSync(join(folder, name));
  await changeChecksums(folder, version, (checksums) =>
    Object.fromEntries(Object.entries(checksums).filter(([name]) => !PAGE_INDEX_NAME.test(name))),
  );
}

/** Rewrites the checksums that `provenance.json` has. */
export async function changeChecksums(
  folder: string,
  version: string,
  change: (checksums: Readonly<Record<string, string>>) => Readonly<Record<string, string>>,
): Promise<void> {
  const path = join(folder, 'provenance.json');
  const { branches = 0, checksums = {}, ...provenance } = await parseProvenance(version, readFileSync(path, 'utf8'));
  const release = { ...provenance, version } as Parameters<typeof provenanceText>[0];
  writeFileSync(path, await provenanceText(release, branches, change(checksums)));
}
