import * as z from 'zod/mini';
import { attributionSchema, responseMetaSchema, warningsSchema } from './provenance.ts';
import { component } from './registry.ts';
import { truckSchema } from './truck.ts';

export const truckDetailsSchema = component(
  'TruckAnswer',
  'One vendor with all of its branches, whatever the status of their permits.',
  z.object({
    truck: truckSchema,
    warnings: warningsSchema(),
    meta: responseMetaSchema,
    attribution: attributionSchema,
  }),
);

/** `GET /trucks/{id}`. */
export type TruckDetailsResponse = z.infer<typeof truckDetailsSchema>;
