import type { About } from '../engine/engine.ts';
import type { Attribution, CityFacts, SourceAccount, SourceOrigin } from '../model/release.ts';
import { type AnswerMeta, answerMeta } from './answer.ts';
import type { Tiles } from './headers.ts';

/** `GET /meta`: which city, which data, under which terms, and what the page needs to draw the map. */
export type MetaAnswer = {
  city: Pick<CityFacts, 'id' | 'name' | 'zone' | 'bounds' | 'center'>;
  /** Rings of `[lon, lat]`, as in GeoJSON. */
  outline: [number, number][][];
  counts: { vendors: number; branches: number };
  accounts: SourceAccount[];
  sources: SourceOrigin[];
  attribution: Attribution;
  tiles: Tiles | null;
  meta: AnswerMeta;
};

/** Builds the answer of `/meta`. */
export function metaAnswer(
  about: About,
  { engine, now, tiles }: { engine: string; now: number; tiles: Tiles | null },
): MetaAnswer {
  const { id, name, zone, bounds, center, outline, attribution } = about.city;
  return {
    city: { id, name, zone, bounds, center },
    outline: outline.map((ring) => ring.map(({ lat, lon }) => [lon, lat])),
    counts: { vendors: about.vendors, branches: about.branches },
    accounts: [...about.accounts],
    sources: [...about.sources],
    attribution,
    tiles,
    meta: answerMeta(about, engine, now),
  };
}
