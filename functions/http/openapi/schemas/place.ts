import * as z from 'zod/mini';
import { hoursSourceSchema, weekSchema } from './branch.ts';
import { orNull, said } from './wire.ts';

/** What is said of a place wherever it is one line or feature, whatever was asked. */
export const placeShape = {
  vendor_id: said(z.string(), 'For `/trucks/{id}`.'),
  vendor: said(z.string(), 'The name.'),
  items: said(z.array(z.string()), 'What the vendor sells.'),
  categories: z.array(z.string()),
  drinks: said(z.boolean(), 'True: pre-packed food and drinks.'),
  address: said(orNull(z.string()), 'As the city writes it.'),
  facility: said(z.string(), '`truck`, `push_cart`, … or `unknown`.'),
  status: said(z.string(), "The permit's state."),
  permit: said(orNull(z.string()), "The permit's number."),
  permit_url: said(orNull(z.string()), "The city's page about the permit."),
  expires: said(orNull(z.string()), 'Last day of the permit, `YYYY-MM-DD`.', { format: 'date' }),
  area: orNull(z.string()),
  hours: said(orNull(z.string()), 'When it is permitted to operate, for a person: `Mo-Fr:11AM-2PM`.'),
  hours_source: hoursSourceSchema(),
  hours_complete: said(z.boolean(), 'False: the source was cut off, other times are unknown.'),
  week: weekSchema(),
};

const placeSchema = z.object(placeShape);
export type PlaceProperties = z.infer<typeof placeSchema>;
