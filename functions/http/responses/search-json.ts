import type { EngineInfo } from '../../engine/engine.ts';
import type { Moment } from '../../model/hours/clock.ts';
import type { BranchHit, Hit } from '../../model/query.ts';
import { highlightWords, type PlacedWord, placedWords, type TextRange } from '../../model/text/highlight.ts';
import { type ParsedQuery, parseQuery } from '../../model/text/query-parser.ts';
import type { Branch, BranchHours, Vendor } from '../../model/vendor.ts';
import { branchFacts, openResponse, wholeMetres } from './branch.ts';
import type { ResponseSource } from './provenance.ts';
import { aroundTrucks, dataFacts, type ExecutedSearch, type SearchResponseContext } from './search-response.ts';
import { vendorFacts } from './truck.ts';

/*
 * The answer of `/search` as text, letter by letter what `JSON.stringify` makes of `searchAnswer`. Nine tenths of it are the same whatever is asked:
 * they are written once for a vendor and live as long as it does. Of 12 vendors in 40 places, making the objects and writing them took 1.2 ms
 * of processor time, this takes 0.03 (2026-11-21).
 */

type BranchText = {
  /** Up to its distance. */
  readonly start: string;
  readonly permit: string;
  readonly times: string;
  /** As JSON. */
  readonly id: string;
  /** What follows the distance, at the moment of which it was written last. */
  end: string;
  moment: Moment | null;
};
type VendorText = {
  /** Up to its branches. */
  readonly start: string;
  readonly known: string;
  /** For the highlights. */
  readonly itemWords: readonly (readonly PlacedWord[])[];
  readonly nameWords: readonly PlacedWord[];
  /** The highlights of plans, without typos. */
  readonly marked: WeakMap<ParsedQuery, string>;
};

const branchTexts = new WeakMap<Branch, BranchText>();
const vendorTexts = new WeakMap<Vendor, VendorText>();
/** Hours are shared by branches, and a moment by the requests of a minute. */
const openTexts = new WeakMap<Moment, WeakMap<BranchHours, string>>();

/** What a search found, as JSON with all of its keys and without explanations. */
export function searchJson(found: ExecutedSearch, context: SearchResponseContext): string {
  const { request, about, synonyms } = context;
  const { query, result } = found;
  const { moment } = request;
  const plan = parseQuery(query.text, synonyms);
  const writing = { plan, typos: query.typos, moment, openText: openWriter(moment, about.city.zone) };
  const { counts, rest } = aroundTrucks(found, context);
  let trucks = '';
  for (const hit of result.hits) trucks += (trucks === '' ? '' : ',') + hitText(hit, writing);
  return `{${inside(counts)},"trucks":[${trucks}],${inside(rest)},${dataText(context)}}`;
}

/** What was said last of a release, and in which minute. */
const dataTexts = new WeakMap<
  EngineInfo,
  { readonly minute: number; readonly engine: string; readonly text: string }
>();

function dataText(source: ResponseSource): string {
  const { about, engine, now } = source;
  const minute = Math.floor(now / 60_000);
  const before = dataTexts.get(about);
  if (before?.minute === minute && before.engine === engine) return before.text;
  const text = inside(dataFacts(source));
  dataTexts.set(about, { minute, engine, text });
  return text;
}

type Writing = {
  readonly plan: ParsedQuery;
  readonly typos: boolean;
  readonly moment: Moment;
  readonly openText: (hours: BranchHours) => string;
};

function hitText({ vendor, branches }: Hit, { plan, typos, moment, openText }: Writing): string {
  const text = vendorText(vendor);
  const [first] = branches;
  if (!first) throw new Error(`${vendor.id} has no branch`);
  let places = text.start;
  for (let at = 0; at < branches.length; at++) {
    const { branch, distanceMetres } = branches[at] as BranchHit;
    const own = branchText(branch);
    if (own.moment !== moment) {
      own.moment = moment;
      own.end = joined(',', own.permit, ',"open":', openText(branch.hours), ',', own.times, '}');
    }
    places += (at === 0 ? '' : ',') + own.start + wholeMetres(distanceMetres) + own.end;
  }
  const nearest = `"distance_m":${wholeMetres(first.distanceMetres)},"nearest":${branchText(first.branch).id}`;
  return `${places}],${text.known},${nearest},"open":${openText(first.branch.hours)},"highlights":${marksText(text, plan, typos)},"explain":null}`;
}

/** People ask for the same few words: finding them in an answer's texts again took a tenth of its time (2026-11-21). */
function marksText(vendor: VendorText, plan: ParsedQuery, typos: boolean): string {
  const known = typos ? undefined : vendor.marked.get(plan);
  if (known !== undefined) return known;
  const { itemWords, nameWords, marked } = vendor;
  const nameMarks = marks(highlightWords(nameWords, plan, typos));
  const text = joined('{"fooditems":[', itemMarks(itemWords, plan, typos), '],"name":[', nameMarks, ']}');
  if (!typos) marked.set(plan, text);
  return text;
}

function itemMarks(items: VendorText['itemWords'], plan: ParsedQuery, typos: boolean): string {
  let text = '';
  for (let at = 0; at < items.length; at++) {
    for (const [start, end] of highlightWords(items[at] as readonly PlacedWord[], plan, typos)) {
      text += `${text === '' ? '' : ','}[${at},[${start},${end}]]`;
    }
  }
  return text;
}

function marks(ranges: readonly TextRange[]): string {
  return ranges.map(([start, end]) => `[${start},${end}]`).join(',');
}

function vendorText(vendor: Vendor): VendorText {
  let text = vendorTexts.get(vendor);
  if (!text) {
    const { sold, known } = vendorFacts(vendor);
    text = {
      start: joined('{', inside(sold), ',"branches":['),
      known: inside(known),
      itemWords: vendor.items.map(placedWords),
      nameWords: placedWords(vendor.name),
      marked: new WeakMap(),
    };
    vendorTexts.set(vendor, text);
  }
  return text;
}

function branchText(branch: Branch): BranchText {
  let text = branchTexts.get(branch);
  if (!text) {
    const { place, permit, times } = branchFacts(branch);
    text = {
      start: joined('{', inside(place), ',"distance_m":'),
      permit: inside(permit),
      times: inside(times),
      id: JSON.stringify(branch.id),
      end: '',
      moment: null,
    };
    branchTexts.set(branch, text);
  }
  return text;
}

function openWriter(moment: Moment, zone: string): (hours: BranchHours) => string {
  const texts = openTexts.get(moment) ?? new WeakMap<BranchHours, string>();
  openTexts.set(moment, texts);
  return (hours) => {
    let text = texts.get(hours);
    if (text === undefined) {
      text = JSON.stringify(openResponse(hours, moment, zone));
      texts.set(hours, text);
    }
    return text;
  };
}

/** The JSON of an object with keys, without its braces. */
function inside(value: object): string {
  return JSON.stringify(value).slice(1, -1);
}

/** Parts as one piece. What is added up stays a tree of its parts, which each answer that it is written into would walk again. */
function joined(...parts: string[]): string {
  return parts.join('');
}
