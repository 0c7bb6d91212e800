import * as z from 'zod/mini';
import { type Field, QUALITY, type Quality, WEIGHT } from '../../../model/ranking.ts';
import { branchSchema, openSchema } from './branch.ts';
import { named, orNull, said } from './wire.ts';

export const rangeSchema = () =>
  said(
    z.readonly(z.tuple([z.int(), z.int()])),
    'Start and end in a text: UTF-16 units, the end excluded, as `slice` takes them.',
  );

const explanationSchema = named(
  'Explanation',
  'Why a vendor stands where it does: `score` = `text` x `geo` x `open`, of its best branch.',
  z.object({
    branch: said(z.string(), 'Id of the branch with the best score.'),
    score: said(z.number(), 'Higher is better; comparable within one answer only.'),
    text: said(z.number(), 'The sum of what the words are worth; 1 without words.'),
    geo: said(z.number(), 'What the distance leaves: 1 (here) to 2^-10 (far away).'),
    open: said(z.number(), 'What the state leaves: 1 open, 0.85 unknown, 0.6 closed; 1 when no time was asked.'),
    words: z.readonly(
      z.array(
        z.object({
          word: said(z.string(), 'Of the query.'),
          matched: said(z.string(), 'Of the data.'),
          field: z.enum(Object.keys(WEIGHT) as Field[]),
          quality: z.enum(Object.keys(QUALITY) as Quality[]),
          worth: z.number(),
        }),
      ),
    ),
    sentence: said(z.string(), 'The same for a person.'),
  }),
);

export const truckSchema = named(
  'Truck',
  "A vendor: the original app's four keys, then ours.",
  z.object({
    name: z.string(),
    fooditems: said(z.array(z.string()), 'What it sells, in lower case as the original app gave it.'),
    drinks: said(z.boolean(), 'True: pre-packed food and drinks.'),
    branches: said(z.array(branchSchema), 'Its places that passed the filters, nearest first.'),
    id: said(z.string(), 'The same in every release; for `/trucks/{id}`.'),
    items: said(z.array(z.string()), 'As `fooditems`, in the same order, as it should be shown.'),
    categories: z.array(z.string()),
    distance_m: said(orNull(z.int()), 'Whole metres to the nearest branch; `null` without `lat`,`lon`.'),
    nearest: said(z.string(), 'Id of the branch that stands first.'),
    open: openSchema,
    highlights: said(
      z.object({
        fooditems: said(z.array(z.tuple([z.int(), rangeSchema()])), 'Number of the item, and where in it.'),
        name: z.array(rangeSchema()),
      }),
      "Where the query's words stand: in `items`, and in `name`.",
    ),
    explain: said(orNull(explanationSchema), 'Only with `explain=1`.'),
  }),
);

/** A vendor on the wire. `open` and `nearest` are of the branch that stands first. */
export type TruckResponse = z.infer<typeof truckSchema>;
