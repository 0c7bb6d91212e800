import type { SearchQuery } from '../functions/model/query.ts';
import { SCALE_METRES } from '../functions/model/ranking.ts';

/** A query that every branch answers; tests say what they want of it. */
export const ANYTHING: SearchQuery = {
  text: '',
  typos: false,
  origin: null,
  radiusMetres: null,
  box: null,
  status: null,
  category: [],
  facility: [],
  area: [],
  hoursKnown: false,
  minute: 0,
  timeAsked: false,
  time: null,
  sort: 'best',
  scaleMetres: SCALE_METRES,
  facets: [],
  limit: 10_000,
  after: null,
};
