import type { Interval } from '../../../functions/model/hours/week.ts';
import { stem } from '../../../functions/model/text/stemming.ts';
import { tokens } from '../../../functions/model/text/tokenizer.ts';
import type { Vendor } from '../../../functions/model/vendor.ts';
import { cityAround, syntheticVendors } from '../../fixtures/synthetic-city.ts';
import { CENTER } from './tasks.ts';

/** A branch as the other engines get it: one flat document with the folded words of its vendor, both as written and stemmed. */
export type Document = {
  readonly id: number;
  readonly vendor: number;
  readonly lat: number;
  readonly lon: number;
  readonly tokens: readonly string[];
  readonly status: string;
  readonly facility: string;
  readonly area: string | null;
  readonly categories: readonly string[];
  readonly week: readonly Interval[];
  /** Whether its hours are unknown at a time outside the week. */
  readonly isUnknownOutside: boolean;
};

export function benchVendors(branches: number): Generator<Vendor> {
  return syntheticVendors(branches, cityAround(CENTER));
}

export function* benchDocuments(branches: number): Generator<Document> {
  const forms = new Map<string, string[]>();
  const words = (text: string) => {
    let known = forms.get(text);
    if (!known) {
      known = tokens(text).flatMap((word) => (stem(word) === word ? [word] : [word, stem(word)]));
      if (forms.size < 100_000) forms.set(text, known);
    }
    return known;
  };
  let [id, number] = [0, 0];
  for (const { name, otherNames, items, searchText, categories, branches: places } of benchVendors(branches)) {
    const shared = [name, ...otherNames, ...items, ...searchText, ...categories].flatMap(words);
    for (const { lat, lon, address, area, facility, status, hours } of places) {
      const own = [...shared, ...words(address ?? ''), ...words(area ?? '')];
      yield {
        id: id++,
        vendor: number,
        lat,
        lon,
        tokens: [...new Set(own)],
        status,
        facility,
        area,
        categories,
        week: hours.week,
        isUnknownOutside: hours.source === 'none' || !hours.complete,
      };
    }
    number++;
  }
}
