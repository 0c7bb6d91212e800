import { en } from '../../web/languages/en.ts';
import { type Text, textOf } from '../../web/text.ts';

/** English, for readers of that region. */
export function english(locale: string): Text {
  return textOf(en, locale);
}
