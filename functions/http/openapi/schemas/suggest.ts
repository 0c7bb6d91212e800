import * as z from 'zod/mini';
import type { Suggestion } from '../../../model/query.ts';
import { warningsSchema } from './provenance.ts';
import { component, described } from './registry.ts';
import { rangeSchema } from './truck.ts';

export const suggestSchema = component(
  'SuggestAnswer',
  'Completions of a text: those that begin with it first; of these and of the others, foods, then vendors, then areas.',
  z.object({
    q: z.string(),
    suggestions: z.array(
      component(
        'Suggestion',
        'One completion.',
        z.object({
          type: z.enum(['food', 'vendor', 'area'] satisfies Suggestion['type'][]),
          text: described(z.string(), 'The text to search for.'),
          count: described(z.int(), 'Number of vendors that a search for it finds.'),
          highlight: described(z.array(rangeSchema()), 'Where `q` matches in `text`.'),
        }),
      ),
    ),
    warnings: warningsSchema(),
    meta: z.object({ data_version: z.string() }),
  }),
);

/** `GET /suggest`. */
export type SuggestResponse = z.infer<typeof suggestSchema>;
