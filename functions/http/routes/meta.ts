import type { Tiles } from '../middleware/headers.ts';
import type { MetaResponse } from '../openapi/schemas/meta.ts';
import { type ResponseSource, responseMeta } from '../responses/provenance.ts';

export type { MetaResponse } from '../openapi/schemas/meta.ts';

/** Builds the answer of `/meta`. */
export function metaResponse(source: ResponseSource, tiles: Tiles | null): MetaResponse {
  const { about } = source;
  const { id, name, zone, bounds, center, outline, attribution } = about.city;
  return {
    city: { id, name, zone, bounds, center },
    outline: outline.map((ring) => ring.map(({ lat, lon }) => [lon, lat])),
    counts: { vendors: about.vendors, branches: about.branches },
    accounts: [...about.accounts],
    sources: [...about.sources],
    attribution,
    tiles,
    meta: responseMeta(source),
  };
}
