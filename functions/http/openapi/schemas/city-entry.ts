import * as z from 'zod/mini';
import { component, described, orNull } from './registry.ts';

export const cityEntrySchema = component(
  'City',
  'A city of this deployment. What its data says is `null` while it has none.',
  z.object({
    id: described(z.string(), 'The value of the parameter `city`.'),
    name: z.string(),
    page: described(z.string(), 'Address of its map page, relative to the map page next to this path.'),
    center: z.object({ lat: z.number(), lon: z.number() }),
    bounds: described(
      z.object({ west: z.number(), south: z.number(), east: z.number(), north: z.number() }),
      'Degrees. Places outside are errors in the data.',
    ),
    counts: orNull(z.object({ vendors: z.int(), branches: z.int() })),
    data_version: orNull(z.string()),
    as_of: described(orNull(z.string()), 'As in `meta.as_of`.'),
    origin: described(orNull(z.string()), 'As in `meta.origin`.'),
  }),
);

/** A city in the body of `/cities`. */
export type CityEntry = z.infer<typeof cityEntrySchema>;

export const citiesSchema = component(
  'Cities',
  'The cities of this deployment; the first is the default.',
  z.object({ cities: z.array(cityEntrySchema) }),
);

/** The body of `/cities`. */
export type CitiesResponse = z.infer<typeof citiesSchema>;
