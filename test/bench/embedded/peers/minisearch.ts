import { Columns } from '../columns.ts';
import { documentsOf } from '../documents.ts';
import { BOX, CENTER, type Job, RADIUS_METRES } from '../jobs.ts';
import { type Peer, peerPackage } from '../peer.ts';

type Options = { combineWith?: string; prefix?: (term: string) => boolean; fuzzy?: (term: string) => number | false };
type MiniSearchLike = {
  add(document: { id: number; text: readonly string[] }): void;
  search(query: string, options: Options): { id: number }[];
};
type MiniSearchClass = new (options: object) => MiniSearchLike;
export type KdBush = {
  add(lon: number, lat: number): number;
  finish(): void;
  range(west: number, south: number, east: number, north: number): number[];
};
type KdBushClass = new (size: number) => KdBush;
export type GeoKdBush = {
  around(index: KdBush, lon: number, lat: number, most: number, km: number, filter?: (id: number) => boolean): number[];
};

/** The places of documents in kdbush, and the search around a point that goes with it. */
export async function placesOf(columns: Columns): Promise<{ index: KdBush; geo: GeoKdBush }> {
  const { default: KDBush } = await peerPackage<{ default: KdBushClass }>('kdbush');
  const geo = await peerPackage<GeoKdBush>('geokdbush');
  const index = new KDBush(columns.lat.length);
  for (const [id, lat] of columns.lat.entries()) index.add(columns.lon[id] as number, lat);
  index.finish();
  return { index, geo };
}

/** The ids of a job without words. */
export function idsAt(job: Job, columns: Columns, { index, geo }: { index: KdBush; geo: GeoKdBush }): number[] {
  if (job.place === 'box') return index.range(BOX.west, BOX.south, BOX.east, BOX.north);
  // A hair more than the radius: the exact distance is asked afterwards.
  const km = (RADIUS_METRES * 1.001) / 1000;
  const filter = job.openAt ? (id: number) => columns.isOpen(id) : undefined;
  if (job.place === 'radius') {
    return geo.around(index, CENTER.lon, CENTER.lat, Number.POSITIVE_INFINITY, km, filter);
  }
  for (let most = 40; ; most *= 2) {
    const ids = geo.around(index, CENTER.lon, CENTER.lat, most, Number.POSITIVE_INFINITY);
    if (new Set(ids.map((id) => columns.vendor[id])).size >= 20 || ids.length < most) return ids;
  }
}

/** MiniSearch for the words, kdbush and geokdbush for the places. */
export async function minisearch(branches: number): Promise<Peer> {
  const { default: MiniSearch } = await peerPackage<{ default: MiniSearchClass }>('minisearch');
  const columns = new Columns();
  const words = new MiniSearch({
    fields: ['text'],
    extractField: (document: { id: number; text: readonly string[] }, name: 'id' | 'text') => document[name],
    tokenize: (text: string | readonly string[]) => (typeof text === 'string' ? text.split(' ') : text),
    processTerm: (term: string) => term,
    stringifyField: (value: unknown) => value,
  });
  for (const document of documentsOf(branches)) {
    words.add({ id: document.id, text: document.tokens });
    columns.add(document);
  }
  const places = await placesOf(columns);
  return {
    run(job) {
      if (job.stems.length === 0) {
        const answer = columns.answer(idsAt(job, columns, places), job);
        return job.place === 'nearest' ? { ...answer, vendors: columns.vendors, branches } : answer;
      }
      const found = words.search([job.typo, ...job.stems, job.prefix].filter((word) => word !== undefined).join(' '), {
        combineWith: 'AND',
        prefix: (term) => term === job.prefix,
        fuzzy: (term) => (term === job.typo ? 1 : false),
      });
      return columns.answer(
        found.map(({ id }) => id),
        job,
      );
    },
  };
}
