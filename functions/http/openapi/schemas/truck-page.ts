import * as z from 'zod/mini';
import { answerMetaSchema, attributionSchema, warningsSchema } from './provenance.ts';
import { truckSchema } from './truck.ts';
import { named } from './wire.ts';

export const truckPageSchema = named(
  'TruckAnswer',
  'One vendor with all of its branches, whatever the state of their permits.',
  z.object({
    truck: truckSchema,
    warnings: warningsSchema(),
    meta: answerMetaSchema,
    attribution: attributionSchema,
  }),
);

/** `GET /trucks/{id}`. */
export type TruckPage = z.infer<typeof truckPageSchema>;
