import { readdir, readFile } from 'node:fs/promises';
import type { Metafile } from 'esbuild';

/** Licences that allow to ship a package with its notice alone. Any other one stops the build until a person has read it. */
const ACCEPTED = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT']);

/** Packages that lack the file of their project: it is kept here, as it is in the project's repository (2026-11). */
const MISSING_NOTICES: Readonly<Record<string, string>> = {
  '@aws-sdk/credential-provider-http': 'aws-sdk.txt',
  '@aws-sdk/credential-provider-login': 'aws-sdk.txt',
  '@aws-sdk/nested-clients': 'aws-sdk.txt',
  '@protomaps/basemaps': 'protomaps-basemaps.txt',
  pmtiles: 'pmtiles.txt',
};

const NOTICE_FILES = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/** Directories of the packages whose code is in some bundles, in the order of their names. */
export function bundledPackages(metafiles: readonly Metafile[]): string[] {
  const directories = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) =>
      Object.keys(inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
    ),
  );
  const nameOf = (directory: string) => directory.slice(directory.lastIndexOf('node_modules/'));
  return [...new Set(directories)].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/**
 * The licences and notices of packages, as they must be shipped with them.
 * @param directories of the packages @throws Error when a package has no notice, or a licence that nobody has accepted
 */
export async function licenceNotices(directories: readonly string[]): Promise<string> {
  const notices = await Promise.all(directories.map(noticeOf));
  return `${['The files next to this one contain code of these packages.', ...notices].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

async function noticeOf(directory: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(`${directory}/package.json`, 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
  };
  if (license === undefined || !ACCEPTED.has(license)) {
    throw new Error(
      `${name} ${version} has the licence ${String(license)}, which infra/build/licence-notices.ts does not accept`,
    );
  }
  const own = (await readdir(directory)).filter((file) => NOTICE_FILES.test(file)).sort();
  const kept = MISSING_NOTICES[name];
  const files = own.length > 0 || !kept ? own.map((file) => `${directory}/${file}`) : [`infra/build/licences/${kept}`];
  if (files.length === 0) throw new Error(`${name} ${version} has no file with its licence (${license})`);
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return [`${name} ${version} (${license})`, ...texts.map((text) => text.trim())].join('\n\n');
}
