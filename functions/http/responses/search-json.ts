import type { EngineInfo } from '../../engine/engine.ts';
import type { Moment } from '../../model/hours/clock.ts';
import type { BranchHit, Hit, SearchQuery } from '../../model/query.ts';
import type { ParsedQuery } from '../../model/text/parsed-query.ts';
import type { Branch, BranchHours, Vendor } from '../../model/vendor.ts';
import { BRANCH_TEMPLATE, openResponse, wholeMetres } from './branch.ts';
import { fillGaps, fillJson, type GappedJson, gappedJson } from './json-template.ts';
import type { ResponseSource } from './provenance.ts';
import { dataPart, type ExecutedSearch, type SearchResponseContext, searchParts } from './search-response.ts';
import { highlightsOf, missingWords, TRUCK_TEMPLATE, type VendorWords, vendorWords } from './truck.ts';

/*
 * Writes the JSON of `/search` as text, byte for byte what `JSON.stringify(searchResponse(…))` returns. Nine tenths of a response do not
 * depend on the request: their text is cached per vendor for as long as the vendor lives. For 12 vendors with 40 branches, building
 * objects and stringifying them took 1.2 ms of CPU time, this takes 0.03 ms (2026-11-21). The keys are those of the templates in
 * truck.ts and branch.ts.
 */

/** The JSON of a search with all keys of its trucks and without explanations. */
export function searchJson(search: ExecutedSearch, context: SearchResponseContext): string {
  let text = '';
  for (const part of searchJsonParts(search, context)) text += part;
  return text;
}

/** The text of {@link searchJson}; the parts are its trucks. */
export function* searchJsonParts(search: ExecutedSearch, context: SearchResponseContext): Generator<string> {
  const { request, about } = context;
  const { query, result } = search;
  const { moment } = request;
  const writer = {
    parsed: request.parsed,
    query,
    moment,
    openText: openWriter(moment, about.city.zone),
  };
  const { before, after } = searchParts(search, context);
  yield `{${members(before)},"trucks":[`;
  let separator = '';
  for (const hit of result.hits) {
    yield separator + hitText(hit, writer);
    separator = ',';
  }
  yield `],${members(after)},${dataText(context)}}`;
}

/** The last data part of each release, which is constant for one minute. */
const dataTexts = new WeakMap<
  EngineInfo,
  { readonly minute: number; readonly engine: string; readonly text: string }
>();

function dataText(source: ResponseSource): string {
  const { about, engine, now } = source;
  const minute = Math.floor(now / 60_000);
  const last = dataTexts.get(about);
  if (last?.minute === minute && last.engine === engine) return last.text;
  const text = members(dataPart(source));
  dataTexts.set(about, { minute, engine, text });
  return text;
}

type Writer = {
  readonly parsed: ParsedQuery;
  readonly query: SearchQuery;
  readonly moment: Moment;
  readonly openText: (hours: BranchHours) => string;
};

function hitText(hit: Hit, writer: Writer): string {
  const { vendor, branches } = hit;
  const [first] = branches;
  if (!first) throw new Error(`${vendor.id} has no branch`);
  const { json, words, highlights } = vendorText(vendor);
  let branchTexts = '';
  for (let at = 0; at < branches.length; at++) {
    const { branch, distanceMetres } = branches[at] as BranchHit;
    // The innermost loop: with one gap left, this is `fillJson` without an object per branch.
    const [start, end] = branchText(branch, writer).texts;
    branchTexts += (at === 0 ? '' : ',') + start + wholeMetres(distanceMetres) + end;
  }
  return fillJson(json, {
    branches: `[${branchTexts}]`,
    distance_m: `${wholeMetres(first.distanceMetres)}`,
    nearest: JSON.stringify(first.branch.id),
    open: writer.openText(first.branch.hours),
    highlights: highlightsText(words, highlights, writer),
    missing: JSON.stringify(missingWords(hit, writer.parsed, writer.query)),
    explain: 'null',
  });
}

type VendorText = {
  readonly json: GappedJson<'branches' | 'distance_m' | 'nearest' | 'open' | 'highlights' | 'missing' | 'explain'>;
  readonly words: VendorWords;
  /** The highlights of queries without typos. */
  readonly highlights: WeakMap<ParsedQuery, string>;
};
const vendorTexts = new WeakMap<Vendor, VendorText>();

function vendorText(vendor: Vendor): VendorText {
  let text = vendorTexts.get(vendor);
  if (!text) {
    text = { json: gappedJson(TRUCK_TEMPLATE, vendor), words: vendorWords(vendor), highlights: new WeakMap() };
    vendorTexts.set(vendor, text);
  }
  return text;
}

/** Callers search for the same few words: matching them again took a tenth of a response's time (2026-11-21). */
function highlightsText(
  words: VendorWords,
  cache: WeakMap<ParsedQuery, string>,
  { parsed, query: { typos } }: Writer,
): string {
  if (typos) return JSON.stringify(highlightsOf(words, parsed, true));
  let text = cache.get(parsed);
  if (text === undefined) {
    text = JSON.stringify(highlightsOf(words, parsed, false));
    cache.set(parsed, text);
  }
  return text;
}

type BranchText = {
  readonly json: GappedJson<'distance_m' | 'open'>;
  /** `json` with the state at the moment of the last response. */
  readonly filled: GappedJson<'distance_m'>;
  readonly moment: Moment;
};
const branchTexts = new WeakMap<Branch, BranchText>();

function branchText(branch: Branch, { moment, openText }: Writer): GappedJson<'distance_m'> {
  const cached = branchTexts.get(branch);
  if (cached?.moment === moment) return cached.filled;
  const json = cached?.json ?? gappedJson(BRANCH_TEMPLATE, branch);
  const filled = fillGaps(json, { open: openText(branch.hours) });
  branchTexts.set(branch, { json, filled, moment });
  return filled;
}

/** Branches share hours, and the requests of a minute share a moment. */
const openTexts = new WeakMap<Moment, WeakMap<BranchHours, string>>();

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

/** The JSON of a non-empty object without its braces. */
function members(value: object): string {
  return JSON.stringify(value).slice(1, -1);
}
