import type { Tiles } from './headers.ts';
import { type AnswerSource, answerMeta } from './provenance.ts';
import type { MetaAnswer } from './schemas/meta.ts';

export type { MetaAnswer } from './schemas/meta.ts';

/** Builds the answer of `/meta`. */
export function metaAnswer(source: AnswerSource, tiles: Tiles | null): MetaAnswer {
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
    meta: answerMeta(source),
  };
}
