import { html, raw } from 'hono/html';
import { capitalized, englishWords, type ListWords } from '../../model/city-wording.ts';
import { type PermitClock, vendorPermit } from '../../model/permit-end.ts';
import { placeLabel } from '../../model/place-label.ts';
import type { Release } from '../../model/release.ts';
import { withoutUnsafeCharacters } from '../../model/text/unsafe-characters.ts';
import type { Branch, Vendor } from '../../model/vendor.ts';
import { pageEnd } from './attribution-line.ts';
import { branchItem, foodOf, permitNote } from './list-entry.ts';
import { plainHead } from './plain-head.ts';
import { shareImage } from './share-tags.ts';

/** Where a page of a vendor is, and what it links to. */
export type VendorPagePlace = {
  /** The path of the map page, with slashes at both ends. */
  readonly root: string;
  /** The absolute URL of the map page, with a slash at its end; `null` if it is unknown: then the page has no canonical address. */
  readonly base: string | null;
  /** What the names of such pages end with: nothing, or `.html` on hosts of files. */
  readonly extension: '' | '.html';
  /** The path of the vendor's calendar. */
  readonly calendar: string;
};

type Data = Pick<Release, 'city' | 'version' | 'origin'>;

/** Dishes in the description that search engines and previews of a link show. */
const DESCRIBED_DISHES = 8;

/**
 * The page of one vendor, for search engines, previews of links and readers without JavaScript: what it sells, and where and when it is
 * permitted to operate. A vendor without a current permit has a page that says so, which search engines do not keep.
 */
export function vendorPage(
  vendor: Vendor,
  { city, version, origin }: Data,
  clock: PermitClock,
  place: VendorPagePlace,
) {
  const { id, name, otherNames, branches } = vendor;
  const permit = vendorPermit(vendor, clock);
  const path = `v/${encodeURIComponent(id)}${place.extension}`;
  const url = place.base && `${place.base}${path}`;
  const words = englishWords(city);
  const { vendor: noun, hasFood, hasPermits, heading } = words;
  const description = describe(vendor, city.name, words);
  const title = `${name} · ${words.isStreetFood ? `street food in ${city.name}` : heading}`;
  const image = shareImage(words);
  const more = [
    permit === 'current'
      ? structuredData(vendor, { city: city.name, url, hasFood })
      : html`<meta name="robots" content="noindex">\n`,
    ...(url ? [links(url, `${place.base ?? ''}${image.path}`)] : []),
    previewTags({ title, description, card: image.card }),
  ];
  const places = branches.length === 1 ? 'One place' : `${branches.length} places`;
  return withoutUnsafeCharacters(
    `${html`${plainHead({ root: place.root, title, description, more })}
<body>
<header>
<p><a href="${place.root}">${heading}</a> · <a href="${place.root}data/list.html">All ${noun.other}</a></p>
<h1 dir="auto">${name}</h1>
${otherNames.length > 0 ? html`<p>Also known as ${otherNames.map((other, at) => html`${at > 0 ? ', ' : ''}<bdi>${other}</bdi>`)}</p>\n` : ''}${origin === 'sample' ? html`<p class="notice">Sample data: this ${noun.one ?? noun.other} is invented.</p>\n` : ''}${notice(permit, words)}</header>
<main>
${hasFood || vendor.items.length > 0 ? html`<section>\n<h2>${hasFood ? 'Food' : 'Details'}</h2>\n${foodOf(vendor, words)}</section>\n` : ''}<section>
<h2>${places}</h2>
${hasPermits ? html`<p>${permitNote(words)}</p>\n` : ''}<ul>
${branches.map((branch) => branchItem(branch, { clock, words }))}</ul>
<p><a href="${mapLink(vendor, place.root)}">Show on the map</a>${permit === 'current' ? html` · <a href="${place.calendar}">Add the ${hasPermits ? 'permitted ' : ''}hours to a calendar</a>` : ''}</p>
</section>
</main>
${pageEnd(city.attribution, version)}`}`,
  );
}

function previewTags({ title, description, card }: { title: string; description: string; card: string }) {
  return html`<meta property="og:type" content="website">
<meta property="og:site_name" content="Curbside">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta name="twitter:card" content="${card}">
`;
}

function links(url: string, image: string) {
  return html`<link rel="canonical" href="${url}">
<meta property="og:url" content="${url}">
<meta property="og:image" content="${image}">
`;
}

function notice(permit: ReturnType<typeof vendorPermit>, { vendor: { one, other }, hasPermits }: ListWords) {
  if (permit === 'current') return '';
  const vendor = one ?? other;
  if (!hasPermits) return html`<p class="notice">This ${vendor} is not in use.</p>\n`;
  return permit === 'gone'
    ? html`<p class="notice">This ${vendor} has no permit any more: each of its permits has ended.</p>\n`
    : html`<p class="notice">This ${vendor} has no approved permit.</p>\n`;
}

function describe({ items, pastItems, branches }: Vendor, city: string, words: ListWords): string {
  const dishes = items.slice(0, items.length - pastItems.length).slice(0, DESCRIBED_DISHES);
  const where = branches.length === 1 ? `at one place in ${city}` : `at ${branches.length} places in ${city}`;
  const { one, other } = words.vendor;
  const kind = words.isStreetFood ? 'Street food' : capitalized(one ?? other);
  const about = words.hasPermits ? 'Where and when the city permits it.' : 'Where it is and when it is open.';
  return `${dishes.length > 0 ? `${dishes.join(', ')}: ` : `${kind} `}${where}. ${about}`;
}

/** The map with the vendor's name as the search; with a single place, that is open. */
function mapLink({ name, branches }: Vendor, root: string): string {
  const [only] = branches;
  const params = new URLSearchParams({ q: name, ...(branches.length === 1 && only ? { place: only.id } : {}) });
  return `${root}?${params}`;
}

/**
 * The vendor as data for search engines: one `FoodEstablishment` (schema.org; without food, `Place`) for each approved place. It has no
 * opening hours: a permit's hours do not say that the vendor is there, which `openingHours` would.
 */
function structuredData(
  { name, items, branches }: Vendor,
  { city, url, hasFood }: { city: string; url: string | null; hasFood: boolean },
) {
  const approved = branches.filter(({ status }) => status === 'approved');
  const graph = approved.map((branch) => ({
    '@type': hasFood ? 'FoodEstablishment' : 'Place',
    name,
    ...(url ? { '@id': `${url}#${encodeURIComponent(branch.id)}`, url } : {}),
    ...(items.length > 0 ? { keywords: items.slice(0, DESCRIBED_DISHES).join(', ') } : {}),
    address: addressOf(branch, city),
    geo: { '@type': 'GeoCoordinates', latitude: branch.lat, longitude: branch.lon },
  }));
  // A tag in a name must not end the script.
  const json = JSON.stringify({ '@context': 'https://schema.org', '@graph': graph }).replaceAll('<', '\\u003c');
  return html`<script type="application/ld+json">${raw(json)}</script>\n`;
}

function addressOf(branch: Branch, city: string) {
  const street = placeLabel(branch);
  return { '@type': 'PostalAddress', ...(street ? { streetAddress: street } : {}), addressLocality: city };
}
