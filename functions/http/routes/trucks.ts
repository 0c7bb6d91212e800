import type { Context } from 'hono';
import { byCodePoint } from '../../model/comparators.ts';
import { momentAt } from '../../model/hours/clock.ts';
import { placeText } from '../../model/place-label.ts';
import type { BranchHit } from '../../model/query.ts';
import { slug } from '../../model/slug.ts';
import { joinInSlices } from '../../model/time-slices.ts';
import type { Vendor } from '../../model/vendor.ts';
import { type Env, engineOf, stopIfCallerLeft } from '../middleware/env.ts';
import { textTag } from '../middleware/etag.ts';
import type { TruckDetailsResponse } from '../openapi/schemas/truck-details.ts';
import { TRUCK_CALENDAR_PARAMS } from '../params/calendar-parameters.ts';
import { CITY_PARAMS } from '../params/city-parameter.ts';
import { parseParams, quoteForMessage, throwFaults } from '../params/parse.ts';
import { queryOf } from '../params/url-parts.ts';
import { ProblemError } from '../responses/problem.ts';
import { dataWarnings, type ResponseSource, responseMeta } from '../responses/provenance.ts';
import { truckResponse } from '../responses/truck.ts';
import { MINUTE_CACHE, type RouteDeps, respondJson } from './respond-json.ts';
import type { DepartedCheck } from './vendor-pages.ts';

const CALENDAR_EXTENSION = '.ics';

/**
 * `GET /trucks/{id}` and `GET /trucks/{id}.ics`. They are one route, because Hono's fast router refuses overlapping patterns, and all
 * paths then use the slow router.
 * @param refuseDeparted without it, a vendor that has left the data is like one that never was in it
 */
export function truckRoute(
  { engine: current, now, respondText }: RouteDeps,
  refuseDeparted: DepartedCheck | undefined,
) {
  return async (c: Context<Env, '/trucks/:id'>) => {
    const engine = engineOf(c, current);
    const name = c.req.param('id');
    const isCalendar = name.endsWith(CALENDAR_EXTENSION);
    const id = isCalendar ? name.slice(0, -CALENDAR_EXTENSION.length) : name;
    const [about, vendor] = await Promise.all([engine.about(), engine.find(id)]);
    if (!vendor) {
      await refuseDeparted?.(about.version, id);
      throw new ProblemError(
        'not-found',
        `There is no truck ${quoteForMessage(id)}; /search returns the ids of trucks`,
      );
    }
    const at = now();
    const source = { about, engine: engine.name, now: at };
    if (!isCalendar) {
      const body = truckDetailsResponse(vendor, new URLSearchParams(queryOf(c.req.url)), source);
      return respondJson(c, body, { engine, respondText, at });
    }
    const { parts, type, headers } = await vendorCalendar(vendor, new URLSearchParams(queryOf(c.req.url)), source);
    const text = await joinInSlices(parts, stopIfCallerLeft(c));
    const response = await respondText(c, text, { type, tag: await textTag(text), cache: MINUTE_CACHE, more: headers });
    // The typed client requests JSON only.
    return response as never;
  };
}

/** Builds the JSON of `/trucks/{id}`; `open` is judged at the time of the response. */
export function truckDetailsResponse(
  vendor: Vendor,
  params: URLSearchParams,
  source: ResponseSource,
): TruckDetailsResponse {
  const { about, now } = source;
  const { zone } = about.city;
  const moment = momentAt(Math.floor(now / 60_000) * 60_000, zone);
  return {
    truck: truckResponse(vendor, branchHits(vendor), { moment, zone }),
    warnings: [...parseParams(CITY_PARAMS, params).warnings, ...dataWarnings(about)],
    meta: responseMeta(source),
    attribution: about.city.attribution,
  };
}

/** The calendar of all places of a vendor, or of one. @throws ProblemError if that is not one of its places */
async function vendorCalendar(vendor: Vendor, params: URLSearchParams, { about, now }: ResponseSource) {
  const { values, warnings, faults } = parseParams(TRUCK_CALENDAR_PARAMS, params);
  throwFaults(faults);
  const { place: id } = values;
  const places = branchHits(vendor)
    .filter(({ branch }) => id === undefined || branch.id === id)
    .map((hit) => ({ ...hit, vendor }));
  const [first] = places;
  if (!first) {
    const named = `Truck ${quoteForMessage(vendor.id)} has no place ${quoteForMessage(id ?? '')}`;
    throw new ProblemError('not-found', `${named}; its branches in /trucks/{id} have the ids of its places`);
  }
  const address = id === undefined ? null : placeText(first.branch);
  const name = `${[vendor.name, address].filter(Boolean).join(', ')}: ${about.city.name}`;
  const { calendar } = await import('../responses/calendar/calendar.ts');
  const { calendarFile } = await import('../responses/file-response.ts');
  const parts = calendar(places, { name, warnings: [...warnings, ...dataWarnings(about)] }, { about, now });
  return calendarFile(parts, ['curbside', slug(vendor.id) || 'truck', slug(id ?? '')].filter(Boolean).join('-'));
}

function branchHits({ branches }: Vendor): BranchHit[] {
  return [...branches].sort((a, b) => byCodePoint(a.id, b.id)).map((branch) => ({ branch, distanceMetres: null }));
}
