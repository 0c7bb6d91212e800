import { html } from 'hono/html';
import { englishWords } from '../../model/city-wording.ts';
import { DEPARTED_FILE, readDeparted } from '../../model/departed-vendors.ts';
import type { Release } from '../../model/release.ts';
import { withoutUnsafeCharacters } from '../../model/text/unsafe-characters.ts';
import type { ReleaseFiles } from '../routes/data.ts';
import { pageEnd } from './attribution-line.ts';
import { plainHead } from './plain-head.ts';

type DepartedIds = { readonly version: string; readonly ids: ReadonlySet<string> };

/** The ids of the release that was asked for last, for each source of releases. */
const lastRead = new WeakMap<ReleaseFiles, DepartedIds>();

/** Whether a release lacks a vendor that earlier ones had. A file that cannot be read now says nothing. */
export async function isDeparted(files: ReleaseFiles, version: string, id: string): Promise<boolean> {
  let known = lastRead.get(files);
  if (known?.version !== version) {
    const text = await files.report(version, DEPARTED_FILE).catch(() => null);
    if (text === null) return false;
    known = { version, ids: new Set(readDeparted(text)) };
    lastRead.set(files, known);
  }
  return known.ids.has(id);
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
