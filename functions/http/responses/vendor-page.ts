import { html, raw } from 'hono/html';
import { type PermitClock, vendorPermit } from '../../model/permit-end.ts';
import { placeLabel } from '../../model/place-label.ts';
import type { Release } from '../../model/release.ts';
import { withoutUnsafeCharacters } from '../../model/text/unsafe-characters.ts';
import type { Branch, Vendor } from '../../model/vendor.ts';
import { attributionLine } from './attribution-line.ts';
import { branchItem, foodOf } from './list-entry.ts';
import { plainHead } from './plain-head.ts';

/** Where a page of a vendor is, and what it links to. */
export type VendorPagePlace = {
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
  const description = describe(vendor, city.name);
  const title = `${name} · street food in ${city.name}`;
  const more = [
    permit === 'current' ? structuredData(vendor, city.name, url) : html`<meta name="robots" content="noindex">\n`,
    ...(url ? [links(url, place.base ?? '')] : []),
    previewTags(title, description),
  ];
  const places = branches.length === 1 ? 'One place' : `${branches.length} places`;
  return withoutUnsafeCharacters(
    `${html`${plainHead({ title, description, more })}
<body>
<header>
<p><a href="/">Street food in ${city.name}</a> · <a href="/data/list.html">All vendors</a></p>
<h1 dir="auto">${name}</h1>
${otherNames.length > 0 ? html`<p>Also known as ${otherNames.map((other, at) => html`${at > 0 ? ', ' : ''}<bdi>${other}</bdi>`)}</p>\n` : ''}${origin === 'sample' ? html`<p class="notice">Sample data: this vendor is invented.</p>\n` : ''}${notice(permit)}</header>
<main>
<section>
<h2>Food</h2>
${foodOf(vendor)}</section>
<section>
<h2>${places}</h2>
<p>A permit says where and when a vendor is permitted to operate. It does not say that the vendor is there now.</p>
<ul>
${branches.map((branch) => branchItem(branch, clock))}</ul>
<p><a href="${mapLink(vendor)}">Show on the map</a>${permit === 'current' ? html` · <a href="${place.calendar}">Add the permitted hours to a calendar</a>` : ''}</p>
</section>
</main>
<footer>
<p>${attributionLine(city.attribution)} Release ${version}.</p>
</footer>
</body>
</html>
`}`,
  );
}

function previewTags(title: string, description: string) {
  return html`<meta property="og:type" content="website">
<meta property="og:site_name" content="Curbside">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta name="twitter:card" content="summary_large_image">
`;
}

function links(url: string, base: string) {
  return html`<link rel="canonical" href="${url}">
<meta property="og:url" content="${url}">
<meta property="og:image" content="${base}icons/share-1200.png">
`;
}

function notice(permit: ReturnType<typeof vendorPermit>) {
  if (permit === 'current') return '';
  return permit === 'gone'
    ? html`<p class="notice">This vendor has no permit any more: each of its permits has ended.</p>\n`
    : html`<p class="notice">This vendor has no approved permit.</p>\n`;
}

function describe({ items, pastItems, branches }: Vendor, city: string): string {
  const dishes = items.slice(0, items.length - pastItems.length).slice(0, DESCRIBED_DISHES);
  const where = branches.length === 1 ? `at one place in ${city}` : `at ${branches.length} places in ${city}`;
  return `${dishes.length > 0 ? `${dishes.join(', ')}: ` : 'Street food '}${where}. Where and when the city permits it.`;
}

/** The map with the vendor's name as the search; with a single place, that is open. */
function mapLink({ name, branches }: Vendor): string {
  const [only] = branches;
  const params = new URLSearchParams({ q: name, ...(branches.length === 1 && only ? { place: only.id } : {}) });
  return `/?${params}`;
}

/**
 * The vendor as data for search engines: one `FoodEstablishment` (schema.org) for each approved place. It has no opening hours: a permit's
 * hours do not say that the vendor is there, which `openingHours` would.
 */
function structuredData({ name, items, branches }: Vendor, city: string, url: string | null) {
  const approved = branches.filter(({ status }) => status === 'approved');
  const graph = approved.map((branch) => ({
    '@type': 'FoodEstablishment',
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
