import * as z from 'zod/mini';
import { hoursSourceSchema, weekSchema } from './branch.ts';
import { described, orNull } from './registry.ts';

/** The properties of a place in GeoJSON and CSV that do not depend on a search. */
export const placeShape = {
  vendor_id: described(z.string(), 'For `/trucks/{id}`.'),
  vendor: described(z.string(), "The vendor's name."),
  items: described(z.array(z.string()), 'What the vendor sells.'),
  past: described(z.array(z.string()), 'The last of `items`: only permits that are not approved list them.'),
  categories: z.array(z.string()),
  drinks: described(z.boolean(), 'True if the vendor sells pre-packed food and drinks.'),
  address: described(orNull(z.string()), 'As the city writes it.'),
  location_descriptions: described(z.array(z.string()), 'Other texts of the city about the place.'),
  facility: described(z.string(), '`truck`, `push_cart`, … or `unknown`.'),
  status: described(z.string(), "The permit's status."),
  permit: described(orNull(z.string()), "The permit's number."),
  permit_url: described(orNull(z.string()), "URL of the city's page about the permit."),
  expires: described(orNull(z.string()), 'Last day of the permit, `YYYY-MM-DD`.', { format: 'date' }),
  area: orNull(z.string()),
  hours: described(orNull(z.string()), "When it is permitted to operate, in the city's notation: `Mo-Fr:11AM-2PM`."),
  hours_source: hoursSourceSchema(),
  hours_complete: described(z.boolean(), 'False if the source was cut off: other times are unknown.'),
  week: weekSchema(),
};

const placeSchema = z.object(placeShape);
export type PlaceProperties = z.infer<typeof placeSchema>;
