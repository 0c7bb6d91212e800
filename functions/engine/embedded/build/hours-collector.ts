import type { BranchHours } from '../../../model/vendor.ts';
import type { Sections } from '../file/index-format.ts';
import { writeJson } from '../file/index-metadata.ts';
import { hoursRecord } from '../file/vendor-records.ts';
import { GrowableBytes, GrowableList } from './growable-buffers.ts';

/** Numbers the distinct hours of branches. */
export class HoursCollector {
  readonly #numbers = new Map<string, number>();
  readonly #weeks = new GrowableList();
  readonly #starts = new GrowableList();
  readonly #flags: number[] = [];
  readonly #texts = new GrowableBytes();
  /** Skips the lookup for successive branches of a vendor, which mostly share their hours. */
  #last: BranchHours | undefined;
  #lastNumber = 0;

  number(hours: BranchHours): number {
    if (hours !== this.#last) {
      this.#last = hours;
      this.#lastNumber = this.#numberOf(hours);
    }
    return this.#lastNumber;
  }

  #numberOf(hours: BranchHours): number {
    const record = hoursRecord(hours);
    const key = JSON.stringify([record, hours.week]);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(key, number);
      this.#starts.push(this.#weeks.length);
      for (const [start, end] of hours.week) {
        this.#weeks.push(start);
        this.#weeks.push(end);
      }
      const isNone = hours.source === 'none';
      this.#flags.push((isNone || !hours.complete ? 1 : 0) | (isNone ? 2 : 0));
      this.#texts.add(writeJson(record));
    }
    return number;
  }

  get lengths() {
    const count = this.#flags.length;
    return {
      weekStarts: count + 1,
      weeks: this.#weeks.length,
      hoursFlags: count,
      hoursTextStarts: count + 1,
      hoursTexts: this.#texts.length,
    };
  }

  fill(sections: Sections): void {
    const count = this.#flags.length;
    sections.weekStarts.set(this.#starts.values.subarray(0, count));
    sections.weekStarts[count] = this.#weeks.length;
    sections.weeks.set(this.#weeks.values.subarray(0, this.#weeks.length));
    sections.hoursFlags.set(this.#flags);
    sections.hoursTextStarts.set(this.#texts.moveTo(sections.hoursTexts));
  }
}
