import * as z from 'zod/mini';
import { type Field, QUALITY, type Quality, WEIGHT } from '../../../model/ranking.ts';
import { branchSchema, openSchema } from './branch.ts';
import { component, described, orNull } from './registry.ts';

export const rangeSchema = () =>
  described(
    z.readonly(z.tuple([z.int(), z.int()])),
    'Start and end in a text, in UTF-16 units. The end is exclusive, as in `slice`.',
  );

const explanationSchema = component(
  'Explanation',
  'Why a vendor has its position: `score` = `text` x `geo` x `open`, of its best branch.',
  z.object({
    branch: described(z.string(), 'Id of the branch with the best score.'),
    score: described(z.number(), 'Higher is better; comparable only within one response.'),
    text: described(z.number(), 'The sum of the scores of `words`; 1 without words.'),
    geo: described(z.number(), 'Factor for the distance: from 1 (here) down to 2^-10 (far away).'),
    open: described(z.number(), 'Factor for the state: 1 open, 0.85 unknown, 0.6 closed; 1 if the query has no time.'),
    words: z.readonly(
      z.array(
        z.object({
          word: described(z.string(), 'From the query.'),
          matched: described(z.string(), 'From the data.'),
          field: z.enum(Object.keys(WEIGHT) as Field[]),
          quality: z.enum(Object.keys(QUALITY) as Quality[]),
          worth: described(z.number(), 'Score of the match.'),
        }),
      ),
    ),
    sentence: described(z.string(), 'The explanation in words.'),
  }),
);

export const truckSchema = component(
  'Truck',
  "A vendor: the original app's four keys, then ours.",
  z.object({
    name: z.string(),
    fooditems: described(z.array(z.string()), 'What it sells, in lower case as in the original app.'),
    drinks: described(z.boolean(), 'True if it sells pre-packed food and drinks.'),
    branches: described(z.array(branchSchema), 'Its branches that passed the filters, nearest first.'),
    id: described(z.string(), 'For `/trucks/{id}`; the same in every release.'),
    items: described(z.array(z.string()), 'The same as `fooditems`, in the same order, as it should be displayed.'),
    past: described(
      z.array(z.string()),
      'The last of `items`: only permits that are not approved, such as expired ones, list them. Empty if no permit is approved.',
    ),
    categories: z.array(z.string()),
    distance_m: described(orNull(z.int()), 'Whole metres to the nearest branch; `null` without `lat`,`lon`.'),
    nearest: described(z.string(), 'Id of the first branch.'),
    open: openSchema,
    highlights: described(
      z.object({
        fooditems: described(z.array(z.tuple([z.int(), rangeSchema()])), 'Index of the item, and the range in it.'),
        name: z.array(rangeSchema()),
      }),
      "Where the query's words match in `items` and `name`.",
    ),
    missing: described(
      z.array(z.string()),
      'Required words of the question that the vendor does not have. Empty unless the search was relaxed.',
    ),
    explain: described(orNull(explanationSchema), 'Only with `explain=1`.'),
  }),
);

/** A vendor in JSON. `open`, `nearest` and `distance_m` are those of its first branch. */
export type TruckResponse = z.infer<typeof truckSchema>;
