import * as z from 'zod/mini';
import { answerMetaSchema, attributionSchema, warningsSchema } from './provenance.ts';
import { queryAnswerSchema } from './query.ts';
import { truckSchema } from './truck.ts';
import { named, orNull, said } from './wire.ts';

const facetSchema = () => z.exactOptional(z.readonly(z.array(z.object({ value: z.string(), count: z.int() }))));

export const facetsSchema = said(
  z.object({ category: facetSchema(), facility: facetSchema(), area: facetSchema(), open: facetSchema() }),
  "Vendors by value, for the groups that `facets` names; a group's own filter does not apply to it.",
);

export const relaxedSchema = named(
  'Relaxed',
  'One thing that was loosened because the search as asked found nothing.',
  z.object({
    param: z.enum(['q', 'open_at', 'radius', 'bbox']),
    from: said(z.string(), 'What it was.'),
    to: said(orNull(z.string()), 'What was searched instead; `null` when it was left out.'),
    hits: said(z.int(), 'Vendors found with it, and with what was loosened before it.'),
  }),
);

export const searchSchema = named(
  'SearchAnswer',
  'What a search found. `hits` and `locations` are all that matched, whatever the limit.',
  z.object({
    status: z.literal('success'),
    hits: said(z.int(), 'Vendors that matched.'),
    locations: said(z.int(), 'Branches that matched.'),
    trucks: z.array(truckSchema),
    query: queryAnswerSchema,
    facets: facetsSchema,
    relaxed: said(
      z.readonly(z.array(relaxedSchema)),
      'How the query was loosened because it found nothing as it was asked.',
    ),
    warnings: warningsSchema(),
    page: z.object({
      limit: said(z.int(), 'Most vendors in the answer.'),
      returned: said(z.int(), 'Vendors in it.'),
      cursor: said(orNull(z.string()), 'For the next page, also in the header `Link`; `null` on the last.'),
    }),
    meta: answerMetaSchema,
    attribution: attributionSchema,
  }),
);

/** `GET /search`. */
export type SearchResponse = z.infer<typeof searchSchema>;
