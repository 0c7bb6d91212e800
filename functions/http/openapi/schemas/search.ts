import * as z from 'zod/mini';
import { attributionSchema, responseMetaSchema, warningsSchema } from './provenance.ts';
import { queryEchoSchema } from './query.ts';
import { component, described, orNull } from './registry.ts';
import { truckSchema } from './truck.ts';

const facetSchema = () => z.exactOptional(z.readonly(z.array(z.object({ value: z.string(), count: z.int() }))));

export const facetsSchema = described(
  z.object({ category: facetSchema(), facility: facetSchema(), area: facetSchema(), open: facetSchema() }),
  'Number of vendors by value, for the facets that were requested. A facet ignores its own filter.',
);

export const relaxedSchema = component(
  'Relaxed',
  'One relaxation of a query that found nothing.',
  z.object({
    param: z.enum(['q', 'open_at', 'radius', 'bbox']),
    from: described(z.string(), 'The value in the request.'),
    to: described(orNull(z.string()), 'The value that was searched for instead; `null` if the parameter was dropped.'),
    hits: described(z.int(), 'Number of vendors found with this relaxation and those before it.'),
  }),
);

export const searchSchema = component(
  'SearchAnswer',
  'The result of a search. `hits` and `locations` count everything that matched, whatever the limit.',
  z.object({
    status: z.literal('success'),
    hits: described(z.int(), 'Number of vendors that matched.'),
    locations: described(z.int(), 'Number of branches that matched.'),
    trucks: z.array(truckSchema),
    query: queryEchoSchema,
    facets: facetsSchema,
    relaxed: described(z.readonly(z.array(relaxedSchema)), 'How the query was relaxed because it found nothing.'),
    warnings: warningsSchema(),
    page: z.object({
      limit: described(z.int(), 'Maximum number of vendors in the response.'),
      returned: described(z.int(), 'Number of vendors in the response.'),
      cursor: described(orNull(z.string()), 'For the next page, also in the `Link` header; `null` on the last page.'),
    }),
    meta: responseMetaSchema,
    attribution: attributionSchema,
  }),
);

/** `GET /search`. */
export type SearchResponse = z.infer<typeof searchSchema>;
