import { html } from 'hono/html';
import { englishWords } from '../../model/city-wording.ts';
import { DEPARTED_FILE, readDeparted } from '../../model/departed-vendors.ts';
import type { Release } from '../../model/release.ts';
import { withoutUnsafeCharacters } from '../../model/text/unsafe-characters.ts';
import { quoteForMessage } from '../params/parse.ts';
import type { ReleaseFiles } from '../routes/data.ts';
import { pageEnd } from './attribution-line.ts';
import { plainHead } from './plain-head.ts';
import { ProblemError } from './problem.ts';

type Departed = {
  readonly version: string;
  readonly ids: ReadonlySet<string>;
  readonly lastSeen: ReadonlyMap<string, string>;
};

/** The departed vendors of the release that was asked for last, for each source of releases. */
const lastRead = new WeakMap<ReleaseFiles, Departed>();

/** Whether a release lacks a vendor that earlier ones had. A file that cannot be read now says nothing. */
export async function isDeparted(files: ReleaseFiles, version: string, id: string): Promise<boolean> {
  return (await departed(files, version))?.ids.has(id) ?? false;
}

/** @throws ProblemError with the day on which the vendor was last seen, if the release lacks it and earlier ones had it */
export async function refuseDeparted(files: ReleaseFiles, version: string, id: string): Promise<void> {
  const known = await departed(files, version);
  if (!known?.ids.has(id)) return;
  const day = known.lastSeen.get(id);
  const last = day ? `the data of ${day} was the last that had it` : 'earlier data had it';
  throw new ProblemError('gone', `Truck ${quoteForMessage(id)} is no longer in the data; ${last}`);
}

async function departed(files: ReleaseFiles, version: string): Promise<Departed | null> {
  const known = lastRead.get(files);
  if (known?.version === version) return known;
  const text = await files.report(version, DEPARTED_FILE).catch(() => null);
  if (text === null) return null;
  const { ids, lastSeen } = readDeparted(text);
  const read = { version, ids: new Set(ids), lastSeen };
  lastRead.set(files, read);
  return read;
}

/**
 * The page of a vendor that the data no longer has, which search engines do not keep.
 * @param root the path of the city's map page, with slashes at both ends
 */
export function departedPage({ city, version }: Pick<Release, 'city' | 'version'>, root = '/'): string {
  const {
    vendor: { one, other },
    heading,
  } = englishWords(city);
  const title = `No longer in the list · ${heading}`;
  return withoutUnsafeCharacters(
    `${html`${plainHead({ root, title, more: [html`<meta name="robots" content="noindex">\n`] })}
<body>
<header>
<p><a href="${root}">${heading}</a> · <a href="${root}data/list.html">All ${other}</a></p>
<h1>No longer in the list</h1>
<p class="notice">This ${one ?? other} was in an earlier version of the city’s list, and is not in it any more.</p>
</header>
${pageEnd(city.attribution, version)}`}`,
  );
}
