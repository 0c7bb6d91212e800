import { Random } from '../../fixtures/random.ts';
import { readQuestions } from '../../relevance/question-tables.ts';

/** What requests are made of. */
export type RequestWords = {
  readonly areas: readonly string[];
  readonly categories: readonly string[];
  /** Ids of vendors. */
  readonly ids: readonly string[];
  readonly center: { readonly lat: number; readonly lon: number };
};

/** Requests of every kind, the same ones for the same seed; their questions are the judged ones, in all languages. */
export function seededRequests(words: RequestWords, seed: number, count: number): string[] {
  const random = new Random(seed);
  const questions = readQuestions().map(({ text }) => text);
  return Array.from({ length: count }, () => {
    const chance = random.next();
    if (chance < 0.7) return `/search?${searchParams(random, words, random.pick(questions))}`;
    if (chance < 0.85) return `/suggest?${new URLSearchParams({ q: beginning(random, random.pick(questions)) })}`;
    if (chance < 0.96) return `/trucks/${random.pick(words.ids)}${random.chance(0.5) ? '.ics' : ''}`;
    return random.pick(['/meta', '/trucks/nobody', '/nothing', '/search?lat=91&sort=hash', '/suggest?limit=99']);
  });
}

function beginning(random: Random, text: string): string {
  const letters = [...text];
  return letters.slice(0, 1 + random.below(Math.min(5, letters.length))).join('');
}

function searchParams(random: Random, { areas, categories, center }: RequestWords, q: string): URLSearchParams {
  const params = new URLSearchParams({ q });
  const set = (chance: number, name: string, value: () => string | number) => {
    if (random.chance(chance)) params.set(name, String(value()));
  };
  if (random.chance(0.4)) {
    params.set('lat', (center.lat + (random.next() - 0.5) / 20).toFixed(4));
    params.set('lon', (center.lon + (random.next() - 0.5) / 20).toFixed(4));
    set(0.4, 'radius', () => 200 + random.below(3_000));
    set(0.3, 'sort', () => 'distance');
  }
  set(0.15, 'area', () => random.pick(areas));
  set(0.15, 'category', () => random.pick(categories));
  set(0.15, 'status', () => 'any');
  set(0.2, 'open_at', () => `${random.pick(['mon', 'thu', 'sun'])}${random.pick(['09:30', '12:15', '23:00'])}`);
  set(0.1, 'open_now', () => 'true');
  set(0.1, 'exclude', () => 'pork');
  set(0.4, 'facets', () => 'category,area,facility,open');
  set(0.3, 'limit', () => 1 + random.below(40));
  set(0.1, 'strict', () => 'true');
  set(0.1, 'explain', () => '1');
  set(0.1, 'fields', () => 'name,branches');
  set(0.2, 'format', () => random.pick(['geojson', 'csv', 'ics']));
  return params;
}
