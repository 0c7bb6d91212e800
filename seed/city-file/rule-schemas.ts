import * as z from 'zod/mini';
import { HOURS_NOTATIONS } from '../city.ts';
import { readTimeRange } from '../record/time-range.ts';
import {
  columnNamesSchema,
  described,
  object,
  optional,
  patternSchema,
  textSchema,
  wordsSchema,
} from './schema-parts.ts';

/** The states that the page has words for. */
export const STATUSES = [
  ...['approved', 'requested', 'expired', 'suspended', 'issued', 'inactive', 'onhold', 'postapproved', 'unknown'],
] as const;

export const statusesSchema = wordsSchema(z.enum(STATUSES));

const slugSchema = () =>
  z.string().check(z.regex(/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/, 'must be lower-case words with underscores'));

export const facilitiesSchema = wordsSchema(slugSchema());

const dayColumn = (day: string) => optional(columnNamesSchema(), `The column for ${day}s.`);

const weekdayColumns = object({
  monday: dayColumn('Monday'),
  tuesday: dayColumn('Tuesday'),
  wednesday: dayColumn('Wednesday'),
  thursday: dayColumn('Thursday'),
  friday: dayColumn('Friday'),
  saturday: dayColumn('Saturday'),
  sunday: dayColumn('Sunday'),
});

export const hoursSchema = z.discriminatedUnion(
  'notation',
  [
    object({
      notation: described(
        z.literal('permit-text'),
        'The column `hours` of `permits` has `Mo-Fr:9AM-2PM;Sa:10AM-2PM/5PM-8PM`.',
      ),
    }),
    object({
      notation: described(
        z.literal('english'),
        'The column `hours` of `permits` has English: `Mon-Fri 9am-5pm, Sat 11-2`, `24 hrs`. What is not understood stays unknown, and is counted.',
      ),
    }),
    object({
      notation: described(
        z.literal('opening-hours'),
        "The column `hours` of `permits` has OpenStreetMap's notation: `Mo-Fr 08:00-18:00; Sa 10:00-14:00; PH off`. Seasons and dates are read for the coming week. The sun and holidays without a date stay unknown, and are counted.",
      ),
    }),
    object({
      notation: described(
        z.literal('weekday-columns'),
        'One column for each weekday, in English: `9am-5pm`, `closed`.',
      ),
      columns: described(
        weekdayColumns,
        "The publisher's names of the columns. A blank cell means no hours on that day.",
      ),
    }),
    object({
      notation: described(z.literal('open-close-columns'), 'A column of opening times and one of closing times.'),
      columns: described(
        object({
          opens: described(columnNamesSchema(), 'The column with opening times.'),
          closes: described(columnNamesSchema(), 'The column with closing times.'),
          days: optional(columnNamesSchema(), 'The column with days, in English: `Mon-Fri`. Default: every day.'),
        }),
        "The publisher's names of the columns.",
      ),
    }),
    object({
      notation: described(z.literal('schedule'), 'Only the source `schedule` has hours.'),
      meals: optional(
        z.record(textSchema(), textSchema().check(z.refine(isTimeRange, 'must be a range of times, such as 11am-3pm'))),
        'When the meals in the column `meal` of the schedule are. Meals that are not here stay unread, and are reported.',
        { Breakfast: '7am-10am', Lunch: '11am-3pm', Dinner: '5pm-9pm' },
      ),
    }),
  ],
  {
    error: (issue) =>
      issue.code === 'invalid_union'
        ? `must be ${HOURS_NOTATIONS.map((one) => JSON.stringify(one)).join(' or ')}`
        : undefined,
  },
);

export const idsSchema = z.discriminatedUnion(
  'from',
  [
    object({ from: described(z.literal('column'), 'The column `id` of `permits`.') }),
    object({
      from: described(
        z.literal('columns'),
        'The words of one or more columns, which together are unique. Case and punctuation do not matter.',
      ),
      columns: described(
        z.array(columnNamesSchema()).check(z.minLength(1)),
        "The publisher's names of these columns. If `schedule` calls one otherwise, both names in a list.",
      ),
    }),
    object({
      from: described(
        z.literal('name-and-address'),
        "The vendor's name and the address, or the coordinates where there is no address. Rows with the same ones become one place.",
      ),
    }),
  ],
  {
    error: (issue) =>
      issue.code === 'invalid_union' ? 'must be "column" or "columns" or "name-and-address"' : undefined,
  },
);

export const namesSchema = object({
  order: optional(
    z.enum(['auto', 'last-first', 'as-written']),
    '`last-first`: `Garcia, Maria` is shown as Maria Garcia. `auto`: only where it looks like a person. Default: `auto`.',
  ),
  unnamed: optional(
    textSchema(),
    'Name of vendors without one; the id of the row is added. Default: rows without a name are dropped, and reported.',
    'Street food vendor',
  ),
  tests: optional(
    z.array(patternSchema()),
    "Regular expressions of the names in the publisher's test rows, which are dropped and reported.",
    ['^TEST'],
  ),
});

const categorySchema = object({
  slug: described(
    slugSchema(),
    'Name of the category in the API. With the name of a built-in category, its words are added to that.',
  ),
  isCuisine: optional(
    z.boolean(),
    'Whether it is a cuisine or a diet, to which a side dish does not belong. Default: false.',
  ),
  words: described(
    z.array(textSchema()),
    'Words and phrases of at most four words. Singular and plural are the same; a leading `=` requires the exact form.',
  ),
});

export const foodSchema = object({
  vocabulary: optional(
    z.enum(['street-food', 'none']),
    '`street-food`: categories, side dishes and synonyms of English-speaking cities. `none`: only those of this file. Default: `street-food`.',
  ),
  categories: optional(z.array(categorySchema), 'Further categories, and further words for the built-in ones.'),
  sides: optional(z.array(textSchema()), 'Further side dishes, snacks and drinks. They do not make a cuisine.'),
  remarks: optional(
    z.array(patternSchema()),
    "Regular expressions of the administration's remarks, anywhere in a text. They are shown as a note, not as food.",
    ['do not approve[^.;]*'],
  ),
  remarkParts: optional(
    z.array(patternSchema()),
    'Regular expressions of parts of a text (between separators) that are not food, in addition to n/a, none, TBD and the like.',
  ),
  acronyms: optional(
    z.array(z.string().check(z.regex(/^[\p{Lu}\p{N}]+$/u, 'must be in capitals'))),
    'Words that stay in capitals when the case of an all-capitals text is repaired, in addition to BBQ and BLT.',
  ),
  coldTruck: optional(
    object({
      prefix: optional(
        patternSchema().check(z.regex(/^\/?\^/, 'must begin with ^')),
        'Regular expression of the beginning of a text that means "packed food and drinks only". Default: `cold truck`.',
      ),
      category: optional(slugSchema(), 'The category of such a text. Default: `cold_truck`.'),
    }),
    'Vendors that sell packed food and drinks only.',
  ),
});

const words = (description: string) => optional(z.array(textSchema()), description);
const wordLists = (description: string, ...examples: unknown[]) =>
  optional(z.record(textSchema(), z.array(textSchema()).check(z.minLength(1))), description, ...examples);

/** The parts of {@link CityVocabulary}, as JSON. */
export const vocabularySchema = object({
  meanings: wordLists('What the data calls a thing, and what people call it, in any language.', {
    'financial district': ['fidi', 'distrito financiero'],
  }),
  diets: wordLists('Diets and allergens, in the same form. A search never gives them up.'),
  foods: words('Further words of food.'),
  fillers: words('Words that improve a match and are never required: `food`, `truck`, `best`.'),
  ignored: words('Words that say nothing about food: `with`, `please`.'),
  asides: words("Phrases that say nothing about food: `can't find`."),
  negations: words('Words that exclude the next word: `no`, `without`.'),
  negationsAfter: words('Words that exclude the food in front of them: `allergy`.'),
  connectives: words('Words between alternatives: `or`.'),
  conjunctions: words('Words between foods that are both wanted: `and`.'),
  nearMe: words('Phrases that mean "near me".'),
  openNow: words('Phrases that mean "open now".'),
  whens: words('Words that ask for times: `when`, `until`.'),
});

function isTimeRange(text: string): boolean {
  return readTimeRange(text) !== undefined;
}
