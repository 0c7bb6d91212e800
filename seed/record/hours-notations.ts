import type { HoursRules } from '../city.ts';
import { readEnglishHours } from './english-hours.ts';
import { type HoursReading, readHours } from './hours-text.ts';
import { readOsmHours } from './osm-hours.ts';

/** @param today the date in the city's zone, `YYYY-MM-DD`, for hours that depend on it; without it, they are unknown */
type HoursReader = (text: string, today?: string) => HoursReading;

/** How to read hours that are a text, in each notation; `null`: there are none. */
export const HOURS_READERS: Readonly<Record<HoursRules['notation'], HoursReader | null>> = {
  'permit-text': readHours,
  english: readEnglishHours,
  'opening-hours': readOsmHours,
  'weekday-columns': readEnglishHours,
  'open-close-columns': readEnglishHours,
  schedule: null,
};
