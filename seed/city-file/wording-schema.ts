import * as z from 'zod/mini';
import { tileUrlOf } from '../../functions/model/tile-url.ts';
import { described, object, optional, textSchema, webAddressSchema } from './schema-parts.ts';

/** The languages of the page (`web/i18n`). */
export const PAGE_LANGUAGES = ['en', 'es', 'ru', 'zh', 'zh-tw'] as const;

/** Characters of a noun. The page has it in headings and on buttons. */
const MAX_NOUN = 40;

const form = (when: string) =>
  described(
    textSchema().check(z.maxLength(MAX_NOUN, `must not be longer than ${MAX_NOUN} characters`)),
    `The form for ${when}, without the number.`,
  );

/** Each use of a noun's forms has its own fields, whose descriptions fit the language. */
const nounForms = () =>
  object({
    one: z.optional(form('1, in Russian also 21, 31 and so on')),
    few: z.optional(form('2 to 4, in Russian')),
    many: z.optional(form('5 to 20, in Russian')),
    other: form('all other numbers, and for headings: the plural, in Russian the nominative'),
  });

const nounOf = (language: string) => optional(nounForms(), `In ${language}.`);

const vendorSchema = object({
  en: nounOf('English'),
  es: nounOf('Spanish'),
  ru: nounOf('Russian'),
  zh: nounOf('Chinese, in simplified characters'),
  'zh-tw': nounOf('Chinese, in traditional characters'),
});

/** What a city lists, if it is not street food with permits. */
export const wordingSchema = object({
  vendor: optional(
    vendorSchema,
    'The noun for one of the vendors in each language of the page, in lower case as in a sentence. Languages that are left out say "place".',
    { en: { one: 'drinking fountain', other: 'drinking fountains' } },
  ),
  food: optional(
    z.boolean(),
    'Whether the data says what is sold. `false`: the page does not speak of food, and no kinds of food are looked for. Default: true.',
  ),
  permits: optional(
    z.boolean(),
    'Whether the vendors have permits. `false`: the page does not speak of permits, and hours are when they are open. Default: true.',
  ),
});

/** The languages that a city offers. */
export const languagesSchema = z.array(z.enum(PAGE_LANGUAGES)).check(
  z.minLength(1, 'must have one language or more'),
  z.refine((languages) => new Set(languages).size === languages.length, 'must not have a language twice'),
);

const TILE_URL = /^(https?:\/\/\S+\{z\}\S*|(?:pmtiles:\/\/)?https?:\/\/\S+\.pmtiles(\?\S*)?)$/;

/** The base layer of a city's map. */
export const tilesSchema = object({
  url: described(
    z
      .string()
      .check(
        z.refine(
          (url) => TILE_URL.test(url) && URL.canParse(tileUrlOf(url).replace(/^pmtiles:\/\//, '')),
          'must be an http or https address with {z}, {x} and {y}, or one that ends with .pmtiles',
        ),
      ),
    'Address of images with `{z}/{x}/{y}`, or of a PMTiles archive.',
    'https://tile.example.org/{z}/{x}/{y}.png',
  ),
  attribution: described(textSchema(), "Whom the map credits, as the tiles' licence wants it."),
  attributionUrl: optional(webAddressSchema(), 'Where the credit leads to. Default: it is no link.'),
  maxZoom: optional(
    z.int().check(z.minimum(1), z.maximum(22)),
    'The highest zoom level that the server of the images has. Default: 19.',
  ),
});
