import * as z from 'zod/mini';
import { component, described, orNull } from './registry.ts';

export const healthSchema = component(
  'Health',
  'The process runs.',
  z.object({
    status: z.literal('ok'),
    engine: z.object({
      name: described(z.string(), 'The engine that answers.'),
      up: described(z.boolean(), 'Whether it does.'),
      fallback: described(z.boolean(), 'Whether it is the embedded copy, because the cluster is down.'),
    }),
    release: described(
      orNull(
        z.object({
          version: z.string(),
          origin: described(z.string(), 'As in `meta.origin`.'),
          age_seconds: described(z.int(), 'Time since the data was read, or last confirmed to be unchanged.'),
        }),
      ),
      'The data; `null` if the engine cannot name it.',
    ),
  }),
);

/** The body of `/healthz`. */
export type HealthResponse = z.infer<typeof healthSchema>;

export const readySchema = component(
  'Ready',
  'The engine answers, and has data.',
  z.object({
    status: z.literal('ok'),
    version: described(
      orNull(z.string()),
      'The release of the default city; `null` if it has none, and another city can be answered.',
    ),
    notes: described(z.array(z.string()), 'What an operator should look at; empty when all is well.'),
    cities: described(
      z.array(z.object({ id: z.string(), version: orNull(z.string()) })),
      'The release of each city; `null` if requests for that city cannot be answered.',
    ),
  }),
);

export const debugSchema = component(
  'Debug',
  "The original app's status.",
  z.object({ status: z.literal('success'), msg: z.string() }),
);
