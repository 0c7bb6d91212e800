import { html } from 'hono/html';
import { capitalized, countOfVendors, englishWords, type ListWords } from '../../model/city-wording.ts';
import { byCodePoint } from '../../model/comparators.ts';
import { permitClock, permitEnd } from '../../model/permit-end.ts';
import type { Release } from '../../model/release.ts';
import { fold } from '../../model/text/tokenizer.ts';
import { withoutUnsafeCharacters } from '../../model/text/unsafe-characters.ts';
import { type Branch, countBranches, type Vendor } from '../../model/vendor.ts';
import { attributionLine } from './attribution-line.ts';
import { type EntryOptions, formatDate, permitNote, vendorEntry } from './list-entry.ts';
import { plainHead } from './plain-head.ts';

/** Maximum UTF-8 bytes of all vendors on the page; with the rest of the page a response stays under 5 MB. */
const MAX_LIST_BYTES = 4_500_000;

/**
 * Every vendor of a release on one plain page, for browsers without JavaScript, printing and search engines. Approved permits come
 * first. It comes in parts, some of which are empty: its head depends on all entries. The same release and day always result in the same
 * bytes: nothing depends on the machine (no `Intl`).
 * @param today decides which permits have ended, `YYYY-MM-DD` in the city's zone; by default the data's own date
 * @param root the path of the city's map page, with slashes at both ends
 */
export function* listPage({ vendors, city, version, origin }: Release, today?: string, root = '/'): Generator<string> {
  const [date] = /^\d{4}-\d{2}-\d{2}/.exec(version) ?? [];
  const clock = permitClock({ version, origin }, today ?? date ?? '');
  const approved = yield* withBranches(vendors, ({ status }) => status === 'approved');
  const others = yield* withBranches(vendors, ({ status }) => status !== 'approved');
  const budget = { bytes: MAX_LIST_BYTES };
  const words = englishWords(city);
  const { vendor: noun, hasPermits, heading } = words;
  const [current, former] = hasPermits
    ? ['Approved permits', 'Permits that are not approved']
    : [capitalized(noun.other), 'Not in use'];
  const first = yield* section(current, approved, { anchors: true, budget, clock, words, root });
  const second = yield* section(former, others, { anchors: false, budget, clock, words, root });
  const places = countBranches(vendors);
  let ended = 0;
  for (const { branches } of approved) {
    ended += branches.filter(({ expires }) => permitEnd(expires, clock) === 'since').length;
    yield '';
  }
  const shown = first.vendors.length + second.vendors.length;
  const csv = `${root}data/${version}/places.csv`;
  const { attribution } = city;
  const vendorCount = countOfVendors(vendors.length, noun);
  const description = !words.isStreetFood
    ? `${heading}: ${vendorCount}. ${topics(words)}.`
    : `All ${vendors.length} street food vendors with a permit in ${city.name}: what they sell, and where and when they are permitted to operate (${places} places).`;
  yield withoutUnsafeCharacters(
    `${html`${plainHead({ root, title: `${heading}: the whole list`, description })}
<body>
<header>
<h1>${heading}: the whole list</h1>
<p>${withPlaces(vendorCount, places, noun)}. <a href="${root}">Search them on the map</a></p>
${origin === 'sample' ? html`<p class="notice">Sample data: these ${noun.other} are invented. Real corners, no real trucks.</p>\n` : ''}<p>${hasPermits ? html`${permitNote(words)}\n` : ''}${ended > 0 ? `${countOf(ended, 'permit')} ended since this data was published, and may have been renewed. ` : ''}${date ? `Data of ${formatDate(date)}.` : html`The city’s data has no dates of its own; <a href="${root}meta">the API</a> says when it was last read.`}</p>
<p>Each address links to a street map${hasPermits ? ', each permit to the city’s page about it' : ''}.</p>
${shown < approved.length + others.length ? html`<p class="notice">The full list is too large for this page: it has the first ${shown}. <a href="${csv}">All are in the table (CSV)</a>.</p>\n` : ''}${letterLinks(first.vendors)}</header>
<main>
`}`,
  );
  yield* first.texts;
  yield* second.texts;
  yield withoutUnsafeCharacters(
    `${html`</main>
<footer>
<p>${attributionLine(attribution)}</p>
<p>Also available as <a href="${csv}">a table (CSV)</a> and <a href="${root}data/${version}/places.geojson">for maps (GeoJSON)</a>. Release ${version}.</p>
</footer>
</body>
</html>
`}`,
  );
}

/** The vendors that have such branches, with only those. */
function* withBranches(vendors: readonly Vendor[], wanted: (branch: Branch) => boolean): Generator<string, Vendor[]> {
  const found: Vendor[] = [];
  for (const vendor of vendors) {
    const branches = vendor.branches.filter(wanted);
    if (branches.length > 0) found.push({ ...vendor, branches });
    yield '';
  }
  return found;
}

/** Vendors by name, until the budget is spent. A vendor can be in both sections, so only one section has anchors. */
function* section(
  heading: string,
  all: readonly Vendor[],
  { anchors, budget, ...options }: Omit<EntryOptions, 'anchored'> & { anchors: boolean; budget: { bytes: number } },
): Generator<string, { vendors: readonly Vendor[]; texts: readonly string[] }> {
  const sorted = yield* byName(all);
  const entries: string[] = [];
  for (const vendor of sorted) {
    const entry = withoutUnsafeCharacters(`${vendorEntry(vendor, { anchored: anchors, ...options })}`);
    budget.bytes -= new TextEncoder().encode(entry).length;
    if (budget.bytes < 0) break;
    entries.push(entry);
    yield '';
  }
  const vendors = sorted.slice(0, entries.length);
  const { vendor: noun } = options.words;
  const counts = withPlaces(countOfVendors(vendors.length, noun), countBranches(vendors), noun);
  const texts = [`<section>\n<h2>${heading}: ${counts}</h2>\n`, ...entries, '</section>\n'];
  return { vendors, texts: entries.length > 0 ? texts : [] };
}

/** Vendors by folded name and id, both by code point. Sorts the vendors of each first letter on their own. */
function* byName(all: readonly Vendor[]): Generator<string, Vendor[]> {
  const letters = new Map<string, { vendor: Vendor; key: string }[]>();
  for (const vendor of all) {
    const key = fold(vendor.name);
    const [letter = ''] = key;
    const same = letters.get(letter) ?? [];
    letters.set(letter, same);
    same.push({ vendor, key });
    yield '';
  }
  const sorted: Vendor[] = [];
  for (const letter of [...letters.keys()].sort(byCodePoint)) {
    const same = letters.get(letter) ?? [];
    same.sort((a, b) => byCodePoint(a.key, b.key) || byCodePoint(a.vendor.id, b.vendor.id));
    for (const { vendor } of same) sorted.push(vendor);
    yield '';
  }
  return sorted;
}

/** Links to the first vendor of each letter. */
function letterLinks(vendors: readonly Vendor[]) {
  const firstIds = new Map<string, string>();
  for (const { name, id } of vendors) {
    const [character = ''] = fold(name).match(/[\p{L}\p{N}]/u) ?? [];
    const letter = /\p{N}/u.test(character) ? '0–9' : character.toUpperCase();
    if (letter && !firstIds.has(letter)) firstIds.set(letter, id);
  }
  const links = [...firstIds].map(([letter, id]) => html`<a href="#${id}">${letter}</a>\n`);
  return links.length < 2 ? '' : html`<nav aria-label="First letters">\n${links}</nav>\n`;
}

/** A count of vendors with that of their places, unless they are called places. */
function withPlaces(vendors: string, places: number, { other }: ListWords['vendor']): string {
  return other === 'places' ? vendors : `${vendors} at ${countOf(places, 'place')}`;
}

/** What the page says of each vendor. */
function topics({ hasFood, hasPermits }: ListWords): string {
  return [
    'Where they are',
    ...(hasFood ? ['what they sell'] : []),
    hasPermits ? 'and when they are permitted to operate' : 'and when they are open',
  ].join(', ');
}

function countOf(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
