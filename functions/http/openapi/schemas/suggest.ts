import * as z from 'zod/mini';
import type { Suggestion } from '../../../model/query.ts';
import { warningsSchema } from './provenance.ts';
import { rangeSchema } from './truck.ts';
import { named, said } from './wire.ts';

export const suggestSchema = named(
  'SuggestAnswer',
  'What a text may become: foods first, then vendors, then areas.',
  z.object({
    q: z.string(),
    suggestions: z.array(
      named(
        'Suggestion',
        'Something to search for.',
        z.object({
          type: z.enum(['food', 'vendor', 'area'] satisfies Suggestion['type'][]),
          text: said(z.string(), 'What to search for.'),
          count: said(z.int(), 'Vendors that have it.'),
          highlight: said(z.array(rangeSchema()), 'Where what was typed stands in `text`.'),
        }),
      ),
    ),
    warnings: warningsSchema(),
    meta: z.object({ data_version: z.string() }),
  }),
);

/** `GET /suggest`. */
export type SuggestResponse = z.infer<typeof suggestSchema>;
