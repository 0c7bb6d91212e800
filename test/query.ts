import { EVERYTHING, type SearchQuery } from '../functions/model/query.ts';

/** A query that every branch answers, as most callers order it; tests say what else they want of it. */
export const ANYTHING: SearchQuery = { ...EVERYTHING, sort: 'best' };
