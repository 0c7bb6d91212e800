import { describe, expect, it } from 'vitest';
import { CITIES } from '../../../seed/find-city.ts';
import { createTranslations } from '../../../web/i18n/translations.ts';
import { ALL } from './all-languages.ts';

const cities = [...CITIES.values()];

/** Every value that the known cities' tables give a facet or a status. A word that no table knows is shown as the city writes it. */
const VALUES = {
  categories: cities.flatMap(({ food }) => [food.coldTruckCategory, ...food.categories.map(({ slug }) => slug)]),
  facilities: ['unknown', ...cities.flatMap(({ permits }) => Object.values(permits.facilities))],
  statuses: ['unknown', ...cities.flatMap(({ permits }) => Object.values(permits.statuses))],
};

describe.each(Object.entries(ALL))('%s', (_language, write) => {
  const messages = createTranslations(write, 'en');

  it.each(['categories', 'facilities', 'statuses'] as const)('has a label for all %s', (table) => {
    const labels: Readonly<Record<string, string>> = messages[table];
    expect([...new Set(VALUES[table])].filter((value) => !Object.hasOwn(labels, value))).toEqual([]);
  });
});
