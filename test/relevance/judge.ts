import type { SearchResponse } from '../../functions/http/openapi/schemas/search.ts';
import { distanceMetres } from '../../functions/model/geo.ts';
import type { JudgedQuestion } from './question-tables.ts';
import type { RawRow } from './raw-rows.ts';
import type { OpenSnapshot } from './snapshots.ts';

/** What came of a question. */
export type Verdict = {
  readonly question: JudgedQuestion;
  /** The vendors that must be found, and those of them that are not. */
  readonly wanted: number;
  readonly lacking: readonly string[];
  /** The vendors found that must not be. */
  readonly wrong: readonly string[];
  /** Whether the first vendors are right; `null`: nothing is expected of them. */
  readonly isFirstRight: boolean | null;
  /** Other faults, in words. */
  readonly faults: readonly string[];
  /** The vendors found, in order. */
  readonly found: readonly string[];
};

/** Whether everything is as expected. */
export function isPassed({ lacking, wrong, isFirstRight, faults }: Verdict): boolean {
  return lacking.length + wrong.length + faults.length === 0 && isFirstRight !== false;
}

/** Asks the API, and compares its answer with what the raw rows say. */
export async function judge(question: JudgedQuestion, snapshot: OpenSnapshot): Promise<Verdict> {
  const { vendors, nameOf } = snapshot;
  const answer = await ask(question, snapshot);
  const ids = answer.trucks.map(({ id }) => id);
  const names = (some: Iterable<string>) => [...some].map((id) => nameOf.get(id) ?? id);
  const must = question.must === '-' ? new Map<string, RawRow[]>() : vendors.find(question.must);
  const mustNot = unwantedVendors(question, snapshot, must);
  const faults: string[] = [];
  if (must.size === 0 && question.must !== '-') faults.push('no vendor is expected: write "-" if none must be found');
  if (question.must === '-' && question.mustNot === '' && ids.length > 0) faults.push('something is found');
  if (answer.hits !== ids.length) faults.push(`${answer.hits} hits, but ${ids.length} vendors`);
  const relaxed = relaxationText(answer);
  if (relaxed !== question.relaxed) faults.push(`relaxed: "${relaxed}" instead of "${question.relaxed}"`);
  return {
    question,
    wanted: must.size,
    lacking: names([...must.keys()].filter((id) => !ids.includes(id))),
    wrong: names(ids.filter((id) => mustNot.has(id))),
    isFirstRight: firstRight(question, snapshot, { ids, must }),
    faults,
    found: names(ids),
  };
}

async function ask({ text, params }: JudgedQuestion, { app }: OpenSnapshot): Promise<SearchResponse> {
  const response = await app.request(`/search?${new URLSearchParams({ q: text, status: 'any', ...params })}`);
  if (response.status !== 200) throw new Error(`"${text}": ${response.status} ${await response.text()}`);
  return (await response.json()) as SearchResponse;
}

/** `others`: all but those of `must`; `other than …`: all but those of another expression. */
function unwantedVendors(
  { mustNot }: JudgedQuestion,
  { vendors, nameOf }: OpenSnapshot,
  must: ReadonlyMap<string, unknown>,
): ReadonlySet<string> {
  const allBut = (some: ReadonlyMap<string, unknown>) => new Set([...nameOf.keys()].filter((id) => !some.has(id)));
  if (mustNot === '') return new Set();
  if (mustNot === 'others') return allBut(must);
  const [, other] = /^other than (.*)$/.exec(mustNot) ?? [];
  return other === undefined ? new Set(vendors.find(mustNot).keys()) : allBut(vendors.find(other));
}

/** The steps as a table has them: `q=tacos radius=1600 open_at`, with the words that all vendors lack: `without vegan`. */
function relaxationText({ relaxed, trucks }: SearchResponse): string {
  const steps = relaxed.map(({ param, to }) => (to === null ? param : `${param}=${to}`));
  const lacks = new Set(trucks.map(({ missing }) => missing.join(' ')));
  const [lack = ''] = lacks.size === 1 ? lacks : [''];
  return [...steps, ...(lack === '' ? [] : [`without ${lack}`])].join(' ');
}

/**
 * `3 tacos`: the first three are vendors of tacos; without a number the first one. `nearest`: the first is the nearest of those that must
 * be found, by the places of the raw rows.
 */
function firstRight(
  { first, params }: JudgedQuestion,
  { vendors }: OpenSnapshot,
  { ids, must }: { readonly ids: readonly string[]; readonly must: ReadonlyMap<string, readonly RawRow[]> },
): boolean | null {
  if (first === '') return null;
  if (first === 'nearest') {
    const origin = { lat: Number(params.lat), lon: Number(params.lon) };
    const metres = (rows: readonly RawRow[]) =>
      Math.min(...rows.flatMap(({ place }) => (place ? [distanceMetres(origin, place)] : [])));
    const nearest = Math.min(...[...must.values()].map(metres));
    // The API rounds the origin to 4 decimals, some 11 m.
    return ids[0] !== undefined && metres(must.get(ids[0]) ?? []) <= nearest + 12;
  }
  const [, number = '1', expression = ''] = /^(?:(\d+) )?(.*)$/.exec(first) ?? [];
  const right = vendors.find(expression);
  const head = ids.slice(0, Number(number));
  return head.length === Number(number) && head.every((id) => right.has(id));
}
