import { type BenchEngine, importBenchPackage } from '../bench-engine.ts';
import { Columns } from '../columns.ts';
import { benchDocuments } from '../documents.ts';
import { BOX, CENTER, RADIUS_METRES, type Task } from '../tasks.ts';

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

/** The coordinates of the documents in kdbush, and geokdbush, which searches it around a point. */
export async function placeIndexOf(columns: Columns): Promise<{ index: KdBush; geo: GeoKdBush }> {
  const { default: KDBush } = await importBenchPackage<{ default: KdBushClass }>('kdbush');
  const geo = await importBenchPackage<GeoKdBush>('geokdbush');
  const index = new KDBush(columns.lat.length);
  for (const [id, lat] of columns.lat.entries()) index.add(columns.lon[id] as number, lat);
  index.finish();
  return { index, geo };
}

/** The ids of the documents in a task's place. */
export function idsInPlace(task: Task, columns: Columns, { index, geo }: { index: KdBush; geo: GeoKdBush }): number[] {
  if (task.place === 'box') return index.range(BOX.west, BOX.south, BOX.east, BOX.north);
  // Slightly more than the radius: the exact distance is checked afterwards.
  const km = (RADIUS_METRES * 1.001) / 1000;
  const filter = task.openAt ? (id: number) => columns.isOpen(id) : undefined;
  if (task.place === 'radius') {
    return geo.around(index, CENTER.lon, CENTER.lat, Number.POSITIVE_INFINITY, km, filter);
  }
  for (let most = 40; ; most *= 2) {
    const ids = geo.around(index, CENTER.lon, CENTER.lat, most, Number.POSITIVE_INFINITY);
    if (new Set(ids.map((id) => columns.vendor[id])).size >= 20 || ids.length < most) return ids;
  }
}

/** MiniSearch for words, kdbush and geokdbush for places. */
export async function minisearch(branches: number): Promise<BenchEngine> {
  const { default: MiniSearch } = await importBenchPackage<{ default: MiniSearchClass }>('minisearch');
  const columns = new Columns();
  const words = new MiniSearch({
    fields: ['text'],
    extractField: (document: { id: number; text: readonly string[] }, name: 'id' | 'text') => document[name],
    tokenize: (text: string | readonly string[]) => (typeof text === 'string' ? text.split(' ') : text),
    processTerm: (term: string) => term,
    stringifyField: (value: unknown) => value,
  });
  for (const document of benchDocuments(branches)) {
    words.add({ id: document.id, text: document.tokens });
    columns.add(document);
  }
  const places = await placeIndexOf(columns);
  return {
    run(task) {
      if (task.stems.length === 0) {
        const answer = columns.answer(idsInPlace(task, columns, places), task);
        return task.place === 'nearest' ? { ...answer, vendors: columns.vendors, branches } : answer;
      }
      const found = words.search(
        [task.typo, ...task.stems, task.prefix].filter((word) => word !== undefined).join(' '),
        {
          combineWith: 'AND',
          prefix: (term) => term === task.prefix,
          fuzzy: (term) => (term === task.typo ? 1 : false),
        },
      );
      return columns.answer(
        found.map(({ id }) => id),
        task,
      );
    },
  };
}
