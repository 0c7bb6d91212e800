import type { Language } from '../../../web/i18n/language.ts';
import { en } from '../../../web/i18n/languages/en.ts';
import { es } from '../../../web/i18n/languages/es.ts';
import { ru } from '../../../web/i18n/languages/ru.ts';
import { zh } from '../../../web/i18n/languages/zh.ts';
import { zhTw } from '../../../web/i18n/languages/zh-tw.ts';
import type { MessagesFor } from '../../../web/i18n/translations.ts';

/** The texts of every language. */
export const ALL: Record<Language, MessagesFor> = { en, es, zh, 'zh-tw': zhTw, ru };
