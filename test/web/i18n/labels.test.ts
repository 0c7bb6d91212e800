import { describe, expect, it } from 'vitest';
import { compileFood } from '../../../seed/city-file/compile-food.ts';
import { STATUSES } from '../../../seed/city-file/rule-schemas.ts';
import { COMMON_FACILITIES } from '../../../seed/city-file/words.ts';
import { createTranslations } from '../../../web/i18n/translations.ts';
import { ALL } from './all-languages.ts';

const food = compileFood();

/**
 * Every value of a facet or a status that is the same in all cities. Further categories and kinds of facilities of a city's file are shown
 * as they are.
 */
const VALUES = {
  categories: [food.coldTruckCategory, ...food.categories.map(({ slug }) => slug)],
  facilities: Object.values(COMMON_FACILITIES),
  statuses: STATUSES,
};

describe.each(Object.entries(ALL))('%s', (_language, write) => {
  const messages = createTranslations(write, 'en');

  it.each(['categories', 'facilities', 'statuses'] as const)('has a label for all %s', (table) => {
    const labels: Readonly<Record<string, string>> = messages[table];
    expect([...new Set(VALUES[table])].filter((value) => !Object.hasOwn(labels, value))).toEqual([]);
  });
});
