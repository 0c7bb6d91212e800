import { stem } from '../../../functions/model/text/stemming.ts';
import { tokens } from '../../../functions/model/text/tokenizer.ts';
import { benchVendors } from './documents.ts';
import { BOX, CENTER, MINUTE, RADIUS_METRES, type Task } from './tasks.ts';

/** The line after the last branch. */
export const END_OF_DOCUMENTS = '.';

/**
 * The documents as lines of tab-separated columns, which a program in any language can read: each vendor (`V`), then its branches (`B`).
 * A word is written as `word/stem`. The columns of a vendor are the words of its name, dishes and categories, and the categories
 * themselves; of a branch its latitude, longitude, words of its address and area, status, facility, area, the intervals of its week
 * (`start-end`), and whether its hours are unknown at other times.
 */
export function* documentLines(branches: number): Generator<string> {
  const known = new Map<string, string>();
  const words = (text: string) => {
    let line = known.get(text);
    if (line === undefined) {
      line = tokens(text).map(withStem).join(' ');
      if (known.size < 100_000) known.set(text, line);
    }
    return line;
  };
  const all = (texts: readonly string[]) => texts.map(words).join(' ');
  for (const { name, otherNames, items, searchText, categories, branches: places } of benchVendors(branches)) {
    const dishes = all([...items, ...searchText]);
    yield ['V', all([name, ...otherNames]), dishes, all(categories), categories.join(' ')].join('\t');
    for (const { lat, lon, address, area, facility, status, hours } of places) {
      const week = hours.week.map(([start, end]) => `${start}-${end}`).join(' ');
      const isUnknownOutside = hours.source === 'none' || !hours.complete ? '1' : '0';
      const text = [words(address ?? ''), words(area ?? '')];
      yield ['B', lat, lon, ...text, status, facility, area ?? '', week, isUnknownOutside].join('\t');
    }
  }
  yield END_OF_DOCUMENTS;
}

/** The first line: what is the same for all tasks, as `name=value` with blanks between. */
export function settingsLine(): string {
  return assignments({ lat: CENTER.lat, lon: CENTER.lon, radius: RADIUS_METRES, minute: MINUTE, ...BOX });
}

/** A task in one line. `words` are the words of the query that must all match exactly or by their stem. */
export function taskLine(task: Task, times: number): string {
  const { prefix, typo, place, facets, openAt, category, status, best, limit } = task;
  const given = tokens(task.query.text).filter((word) => word !== prefix && word !== typo);
  return assignments({
    words: given.map(withStem).join(','),
    prefix,
    typo,
    place,
    facets: facets?.join(','),
    open: openAt === true ? 'open' : openAt,
    category,
    status,
    best,
    limit,
    times,
  });
}

const withStem = (word: string) => `${word}/${stem(word)}`;

function assignments(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}
