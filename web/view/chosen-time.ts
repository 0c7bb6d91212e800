import type { ClientFilter } from '../app/client-filter.ts';
import type { Translations } from '../i18n/translations.ts';

/** The time of a filter in words: `Thu 11 AM`, or `Thu 11 AM–2 PM` for any time between. */
export function chosenTime(t: Translations, { minute, openWithinMinutes }: ClientFilter): string {
  return openWithinMinutes > 0 ? t.weekWindow(minute, openWithinMinutes) : t.weekTime(minute);
}
