import { onDemand } from './on-demand.ts';

const METRES_PER_MILE = 1609.344;
const METRES_PER_FOOT = 0.3048;

/** Units of distances. */
export type Units = 'mi' | 'km';

/** Formats distances in one system of units. */
export type DistanceFormats = ReturnType<typeof distanceFormats>;

/** @param locale BCP 47, for the numbers and the names of the units */
export function distanceFormats(locale: string, units: Units) {
  const inMiles = units === 'mi';
  const [largeUnit, smallUnit] = inMiles ? ['mile', 'foot'] : ['kilometer', 'meter'];
  const format = (unit: string, digits: Intl.NumberFormatOptions) =>
    onDemand(() => new Intl.NumberFormat(locale, { style: 'unit', unit, ...digits }));
  const tenths = format(largeUnit, { maximumFractionDigits: 1 });
  const whole = format(largeUnit, { maximumFractionDigits: 0 });
  const small = format(smallUnit, { maximumFractionDigits: 0 });
  const roughLarge = format(largeUnit, { maximumSignificantDigits: 2 });
  const roughSmall = format(smallUnit, { maximumSignificantDigits: 2 });
  const [metresPerLarge, metresPerSmall] = inMiles ? [METRES_PER_MILE, METRES_PER_FOOT] : [1000, 1];
  /** The smallest distance in the large unit: a tenth of a mile, or a kilometre. */
  const threshold = inMiles ? METRES_PER_MILE / 10 : 1000;
  return {
    units,
    /** A distance: `350 ft`, `1.2 mi`, `340 m`, `12 km`. */
    distance(metres: number): string {
      if (metres < threshold) return small().format(Math.round(metres / metresPerSmall / 10) * 10);
      const large = metres / metresPerLarge;
      return (large < 10 ? tenths : whole)().format(large);
    },
    /** A distance with two significant digits, from a position that is known only roughly: `31 mi`, `650 m`. */
    roughDistance: (metres: number): string =>
      metres < threshold ? roughSmall().format(metres / metresPerSmall) : roughLarge().format(metres / metresPerLarge),
    /** Radii to choose from, in metres, that are round in these units. */
    radii: inMiles ? [402, 805, 1609, 3219] : [250, 500, 1000, 2000],
  };
}

/** The units of a locale's region. */
export function unitsOf(locale: string): Units {
  return ['US', 'GB', 'LR'].includes(new Intl.Locale(locale).maximize().region ?? '') ? 'mi' : 'km';
}

/** Units from text, e.g. from what the device remembers; `null` if it names none. */
export function parseUnits(text: string | null): Units | null {
  return text === 'mi' || text === 'km' ? text : null;
}
