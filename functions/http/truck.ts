import { momentAt } from '../model/clock.ts';
import type { BranchHit } from '../model/query.ts';
import type { Vendor } from '../model/vendor.ts';
import { byCodePoint } from '../model/words.ts';
import { readParams } from './parse.ts';
import type { Place } from './places.ts';
import { type AnswerSource, answerMeta, dataWarnings } from './provenance.ts';
import type { TruckPage } from './schemas/truck-page.ts';
import { truckAnswer } from './truck-answer.ts';

export type { TruckPage } from './schemas/truck-page.ts';

/** Builds the answer; `open` is judged at the answer's own time. */
export function truckPage(vendor: Vendor, params: URLSearchParams, source: AnswerSource): TruckPage {
  const { about, now } = source;
  const { zone } = about.city;
  const moment = momentAt(Math.floor(now / 60_000) * 60_000, zone);
  return {
    truck: truckAnswer(vendor, branchesOf(vendor), { moment, zone }),
    warnings: [...readParams({}, params).warnings, ...dataWarnings(about)],
    meta: answerMeta(source),
    attribution: about.city.attribution,
  };
}

/** A vendor's branches as places, for its calendar. */
export function vendorPlaces(vendor: Vendor): Place[] {
  return branchesOf(vendor).map((hit) => ({ ...hit, vendor }));
}

function branchesOf({ branches }: Vendor): BranchHit[] {
  return [...branches].sort((a, b) => byCodePoint(a.id, b.id)).map((branch) => ({ branch, distanceMetres: null }));
}
