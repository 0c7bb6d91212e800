import { distanceMetres } from '../../../functions/model/geo.ts';
import { minutesLeft } from '../../../functions/model/hours/open-state.ts';
import type { Interval } from '../../../functions/model/hours/week.ts';
import type { Document } from './documents.ts';
import { type Answer, CENTER, MINUTE, RADIUS_METRES, type Task } from './tasks.ts';

/**
 * Completes libraries that lack places, grouping or counts, so that they can perform the tasks: one array per field of the documents,
 * and the loop that counts vendors. As optimized as Curbside's own code.
 */
export class Columns {
  readonly vendor: number[] = [];
  readonly lat: number[] = [];
  readonly lon: number[] = [];
  readonly week: (readonly Interval[])[] = [];
  readonly facility: string[] = [];
  readonly area: (string | null)[] = [];
  readonly categories: (readonly string[])[] = [];

  add({ vendor, lat, lon, week, facility, area, categories }: Document): void {
    this.vendor.push(vendor);
    this.lat.push(lat);
    this.lon.push(lon);
    this.week.push(week);
    this.facility.push(facility);
    this.area.push(area);
    this.categories.push(categories);
  }

  get vendors(): number {
    return (this.vendor.at(-1) ?? -1) + 1;
  }

  metres(id: number): number {
    return distanceMetres(CENTER, { lat: this.lat[id] as number, lon: this.lon[id] as number });
  }

  isOpen(id: number): boolean {
    return minutesLeft(this.week[id] as readonly Interval[], MINUTE) !== null;
  }

  /** Counts the vendors of documents, and computes their distances if the task needs them. */
  answer(ids: Iterable<number>, task: Task): Answer {
    const needsDistances = task.place === 'radius' || task.place === 'nearest';
    const nearest = new Map<number, number>();
    const facets = new Map<string, Set<number>>();
    let branches = 0;
    for (const id of ids) {
      const metres = needsDistances ? this.metres(id) : 0;
      if (task.place === 'radius' && metres > RADIUS_METRES) continue;
      if (task.openAt && !this.isOpen(id)) continue;
      branches++;
      const vendor = this.vendor[id] as number;
      const known = nearest.get(vendor);
      if (known === undefined || metres < known) nearest.set(vendor, metres);
      if (task.facets) this.#count(facets, id, vendor);
    }
    const metres = needsDistances ? [...nearest.values()].sort((a, b) => a - b).slice(0, 20) : null;
    const counts = Object.fromEntries([...facets].map(([key, { size }]) => [key, size]));
    return { vendors: nearest.size, branches, metres, ...(task.facets ? { facets: counts } : {}) };
  }

  #count(facets: Map<string, Set<number>>, id: number, vendor: number): void {
    const area = this.area[id];
    const keys = (this.categories[id] as readonly string[]).map((one) => `category ${one}`);
    for (const key of [...keys, `facility ${this.facility[id]}`, ...(area ? [`area ${area}`] : [])]) {
      const own = facets.get(key);
      if (own) own.add(vendor);
      else facets.set(key, new Set([vendor]));
    }
  }
}
