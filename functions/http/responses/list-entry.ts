import { html } from 'hono/html';
import type { ListWords } from '../../model/city-wording.ts';
import { dayGroups, dayRuns, isAllWeek } from '../../model/hours/day-groups.ts';
import { DAY } from '../../model/hours/week.ts';
import { type PermitClock, permitEnd } from '../../model/permit-end.ts';
import { placeLabel } from '../../model/place-label.ts';
import type { Branch, BranchHours, Vendor } from '../../model/vendor.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** What an entry depends on besides the vendor. */
export type EntryContext = { readonly clock: PermitClock; readonly words: ListWords };

/** How a vendor is listed. */
export type EntryOptions = EntryContext & {
  readonly anchored: boolean;
  /** The path of the city's map page, with slashes at both ends. */
  readonly root: string;
};

/** A vendor in the list of all vendors, with a link to its own page, and with `anchored` as the target of links. */
export function vendorEntry(vendor: Vendor, { anchored, root, ...context }: EntryOptions) {
  const { id, name, branches } = vendor;
  const anchor = anchored ? html` id="${id}"` : '';
  return html`<article${anchor}>
<h3 dir="auto"><a href="${root}v/${encodeURIComponent(id)}">${name}</a></h3>
${foodOf(vendor, context.words)}<ul>
${branches.map((branch) => branchItem(branch, context))}</ul>
</article>
`;
}

/** What a permit says and what it does not. */
export function permitNote({ isStreetFood, vendor: { other } }: ListWords): string {
  return isStreetFood
    ? 'A permit says where and when a vendor is permitted to operate. It does not say that the vendor is there now.'
    : `A permit says where and when one of these ${other} is permitted to operate. It does not say that it is there now.`;
}

/** What a vendor sells, in one or two paragraphs; none if it sells nothing. */
export function foodOf({ items, pastItems }: Vendor, { hasFood }: ListWords) {
  if (!hasFood && items.length === 0) return '';
  const current = items.slice(0, items.length - pastItems.length);
  const past = pastItems.length > 0 ? html`<p>Not on a current permit: ${itemList(pastItems)}</p>\n` : '';
  return html`<p>${current.length > 0 ? itemList(current) : 'Not listed'}</p>
${past}`;
}

function itemList(items: readonly string[]) {
  return items.map((item, at) => html`${at > 0 ? ', ' : ''}<bdi>${item}</bdi>`);
}

/** A place as an item of a list: address, hours and permit, each with its link. */
export function branchItem(branch: Branch, { clock, words }: EntryContext) {
  const { lat, lon, area, facility, hours } = branch;
  const map = `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=18/${lat}/${lon}`;
  const kind = facility === 'unknown' ? '' : ` · ${formatValue(facility)}`;
  return html`<li><a href="${map}"><bdi>${placeLabel(branch) ?? 'Address not listed'}</bdi></a>${area ? html` · <bdi>${area}</bdi>` : ''}${kind}<br>
${formatHours(hours, words)}${words.hasPermits ? permitLine(branch, clock) : stateLine(branch)}</li>
`;
}

function permitLine(branch: Branch, clock: PermitClock) {
  const { permit, permitUrl } = branch;
  const label = permit ? `Permit ${permit}` : 'Permit';
  const link = permitUrl && /^https?:\/\//i.test(permitUrl) ? html`<a href="${permitUrl}">${label}</a>` : label;
  return html`<br>\n${link}: ${permitState(branch, clock)}`;
}

/** Without permits, only a state other than the usual one is worth a line. */
function stateLine({ status }: Branch) {
  return status === 'approved' ? '' : html`<br>\n${formatValue(status)}`;
}

/** An approved permit whose last day has passed is not called approved. */
function permitState({ status, expires }: Branch, clock: PermitClock): string {
  const state = formatValue(status).toLowerCase();
  if (!expires) return state;
  const day = formatDate(expires);
  const end = permitEnd(expires, clock);
  if (status === 'approved' && end !== 'none') return `ended on ${day}${end === 'since' ? ': from old data' : ''}`;
  return `${state}, ${status === 'expired' || end !== 'none' ? 'was valid' : 'valid'} until ${day}`;
}

function formatHours({ week, text, complete }: BranchHours, { hasPermits }: ListWords): string {
  const label = hasPermits ? 'Permitted to operate' : 'Open';
  if (week.length === 0) return text ? `${label}: ${text}` : 'Hours unknown';
  const groups = isAllWeek(week)
    ? ['every day, around the clock']
    : dayGroups(week).map(({ days, ranges }) => {
        const times = ranges.map(([start, end]) =>
          end - start >= DAY ? 'all day' : `${formatTime(start)}–${formatTime(end)}`,
        );
        return `${days.length === 7 ? 'every day' : dayRuns(days).map(formatDays).join(', ')} ${times.join(', ')}`;
      });
  const note = complete ? '' : '; perhaps at other times: the city’s list is cut off';
  return `${label}: ${groups.join('; ')}${note}`;
}

function formatDays([first, last]: readonly [number, number]): string {
  if (first === last) return `${DAYS[first]}`;
  return `${DAYS[first]}${last === first + 1 ? ', ' : '–'}${DAYS[last]}`;
}

/** `11 am`, `12:30 pm`, `midnight`, without line breaks. Twelve o'clock is in words, because readers disagree about its am and pm. */
function formatTime(minute: number): string {
  const [hour, minutes] = [Math.floor(minute / 60) % 24, minute % 60];
  if (minutes === 0 && hour % 12 === 0) return hour === 0 ? 'midnight' : 'noon';
  return `${hour % 12 || 12}${minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`}\u00a0${hour < 12 ? 'am' : 'pm'}`;
}

/** A date `YYYY-MM-DD` in words; any other text is returned as it is. */
export function formatDate(date: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  return year ? `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}` : date;
}

/** A value of the data (`push_cart`) in words (`Push cart`). */
function formatValue(value: string): string {
  const words = value.replaceAll('_', ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
