import { html, raw } from 'hono/html';
import { byCodePoint } from '../../model/comparators.ts';
import { dayGroups, dayRuns, isAllWeek } from '../../model/hours/day-groups.ts';
import { DAY } from '../../model/hours/week.ts';
import type { Release } from '../../model/release.ts';
import { streetOf } from '../../model/street.ts';
import { fold } from '../../model/text/tokenizer.ts';
import type { Branch, BranchHours, Vendor } from '../../model/vendor.ts';

/** UTF-8 bytes of vendors after which the list is cut and says so; with the rest of the page an answer stays under 5 MB. */
const MOST_LIST_BYTES = 4_500_000;

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/**
 * Every vendor of a release on one plain page: for who has no JavaScript, for print and for search engines. Approved permits stand
 * first. The same release gives the same bytes: nothing is of now, and nothing of the place where it is made (no `Intl`).
 */
export function listPage({ vendors, city, version, origin }: Release): string {
  const approved = vendors.flatMap((one) => part(one, ({ status }) => status === 'approved'));
  const others = vendors.flatMap((one) => part(one, ({ status }) => status !== 'approved'));
  const room = { bytes: MOST_LIST_BYTES };
  const first = section('Approved permits', approved, room);
  const second = section('Permits that are not approved', others, room);
  const [date] = /^\d{4}-\d{2}-\d{2}/.exec(version) ?? [];
  const all = { vendors: vendors.length, places: countPlaces(vendors) };
  const shown = first.vendors.length + second.vendors.length;
  const whole = `/data/${version}/places.csv`;
  const { attribution } = city;
  return `${html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Street food in ${city.name}: the whole list · Curbside</title>
<meta name="description" content="All ${all.vendors} street food vendors with a permit in ${city.name}: what they sell, at which of ${all.places} places and at what hours they are permitted to operate.">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/list.css">
</head>
<body>
<header>
<h1>Street food in ${city.name}: the whole list</h1>
<p>${counted(all.vendors, 'vendor')} at ${counted(all.places, 'place')}. <a href="/">Search them on the map</a></p>
${origin === 'sample' ? html`<p class="notice">Sample data: these vendors are invented. Real corners, no real trucks.</p>\n` : ''}<p>A permit says where and when a vendor is permitted to operate. It does not say that it is there now.
${date ? `Data of ${dateOf(date)}.` : html`The city’s data has no dates of its own; <a href="/meta">when it was read</a> is told by the API.`}</p>
<p>An address leads to the street map, a permit to the city’s page about it.</p>
${shown < approved.length + others.length ? html`<p class="notice">This page would be too large with all of them: it has the first ${shown}. <a href="${whole}">All are in the table (CSV)</a>.</p>\n` : ''}${letters(first.vendors)}</header>
<main>
${raw(first.text)}${raw(second.text)}</main>
<footer>
<p>Source: <a href="${attribution.url}">${attribution.text}</a>. Licence: <a href="${attribution.licenseUrl}">${attribution.license}</a>.</p>
<p>The same as <a href="${whole}">a table (CSV)</a> and <a href="/data/${version}/places.geojson">for maps (GeoJSON)</a>. Release ${version}.</p>
</footer>
</body>
</html>
`}`;
}

/** A vendor with those of its places, where it has any. */
function part(vendor: Vendor, wanted: (branch: Branch) => boolean): Vendor[] {
  const branches = vendor.branches.filter(wanted);
  return branches.length > 0 ? [{ ...vendor, branches }] : [];
}

/** As many of the vendors as there is room for, by name. */
function section(heading: string, all: readonly Vendor[], room: { bytes: number }) {
  const key = new Map(all.map((one) => [one, fold(one.name)]));
  const sorted = all.toSorted((a, b) => byCodePoint(key.get(a) ?? '', key.get(b) ?? '') || byCodePoint(a.id, b.id));
  const texts: string[] = [];
  for (const one of sorted) {
    const text = `${vendorText(one, heading)}`;
    room.bytes -= new TextEncoder().encode(text).length;
    if (room.bytes < 0) break;
    texts.push(text);
  }
  const vendors = sorted.slice(0, texts.length);
  const says = `${counted(vendors.length, 'vendor')} at ${counted(countPlaces(vendors), 'place')}`;
  const text = `<section>\n<h2>${heading}: ${says}</h2>\n${texts.join('')}</section>\n`;
  return { vendors, text: texts.length > 0 ? text : '' };
}

/** Links to the first vendor of each letter. */
function letters(vendors: readonly Vendor[]) {
  const firsts = new Map<string, string>();
  for (const { name, id } of vendors) {
    const [letter = ''] = fold(name).match(/[\p{L}\p{N}]/u) ?? [];
    const shown = /\p{N}/u.test(letter) ? '0–9' : letter.toUpperCase();
    if (shown && !firsts.has(shown)) firsts.set(shown, id);
  }
  const links = [...firsts].map(([letter, id]) => html`<a href="#${id}">${letter}</a>\n`);
  return links.length < 2 ? '' : html`<nav aria-label="First letters">\n${links}</nav>\n`;
}

function vendorText({ id, name, items, branches }: Vendor, heading: string) {
  // A vendor may stand in both sections, an id may not.
  const anchor = heading === 'Approved permits' ? html` id="${id}"` : '';
  const food = items.length > 0 ? items.map((item, at) => html`${at > 0 ? ', ' : ''}<bdi>${item}</bdi>`) : 'Not listed';
  return html`<article${anchor}>
<h3 dir="auto">${name}</h3>
<p>${food}</p>
<ul>
${branches.map(placeText)}</ul>
</article>
`;
}

function placeText({ lat, lon, address, area, facility, status, permit, permitUrl, expires, hours }: Branch) {
  const map = `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=18/${lat}/${lon}`;
  const kind = facility === 'unknown' ? '' : ` · ${words(facility)}`;
  const named = permit ? `Permit ${permit}` : 'Permit';
  const link = permitUrl && /^https?:\/\//i.test(permitUrl) ? html`<a href="${permitUrl}">${named}</a>` : named;
  const until = expires ? `, ${status === 'expired' ? 'was good' : 'good'} until ${dateOf(expires)}` : '';
  return html`<li><a href="${map}"><bdi>${address ? streetOf(address) : 'Address not listed'}</bdi></a>${area ? html` · <bdi>${area}</bdi>` : ''}${kind}<br>
${hoursText(hours)}<br>
${link}: ${words(status).toLowerCase()}${until}</li>
`;
}

function hoursText({ week, text, complete }: BranchHours): string {
  if (week.length === 0) return text ? `Permitted to operate: ${text}` : 'Hours unknown';
  const groups = isAllWeek(week)
    ? ['every day, around the clock']
    : dayGroups(week).map(({ days, ranges }) => {
        const times = ranges.map(([start, end]) => (end - start >= DAY ? 'all day' : `${clock(start)}–${clock(end)}`));
        return `${days.length === 7 ? 'every day' : dayRuns(days).map(runText).join(', ')} ${times.join(', ')}`;
      });
  return `Permitted to operate: ${groups.join('; ')}${complete ? '' : '; perhaps at other times: the city’s list is cut off'}`;
}

function runText([first, last]: readonly [number, number]): string {
  if (first === last) return `${DAYS[first]}`;
  return `${DAYS[first]}${last === first + 1 ? ', ' : '–'}${DAYS[last]}`;
}

/** `11 am`, `12:30 pm`, `midnight`, each on one line: twelve o'clock has no am and pm that everybody reads alike. */
function clock(minute: number): string {
  const [hour, minutes] = [Math.floor(minute / 60) % 24, minute % 60];
  if (minutes === 0 && hour % 12 === 0) return hour === 0 ? 'midnight' : 'noon';
  return `${hour % 12 || 12}${minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`}\u00a0${hour < 12 ? 'am' : 'pm'}`;
}

/** A date `YYYY-MM-DD` in words; what is none stays as it is. */
function dateOf(date: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  return year ? `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}` : date;
}

/** A value of the city's data (`push_cart`) as words. */
function words(value: string): string {
  const plain = value.replaceAll('_', ' ');
  return plain.slice(0, 1).toUpperCase() + plain.slice(1);
}

function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

function countPlaces(vendors: readonly Vendor[]): number {
  return vendors.reduce((sum, { branches }) => sum + branches.length, 0);
}
