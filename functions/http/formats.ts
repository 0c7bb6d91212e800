import { type AnswerContext, answerWarnings, type Found } from './answer.ts';
import { CALENDAR_TYPE, calendar } from './calendar/calendar.ts';
import { CSV_TYPE, foundCsv } from './csv.ts';
import { GEOJSON_TYPE, geojsonAnswer, type PageLinks } from './geojson.ts';
import { placesOf } from './places.ts';
import type { SearchRequest } from './request.ts';
import { sized } from './size.ts';

/** An answer that is not our JSON: its text and the headers that it needs. */
export type FileAnswer = { readonly text: string; readonly headers: Readonly<Record<string, string>> };

/** What a search found, in the format that was asked for. @throws ProblemError `too-large` */
export function fileAnswer(
  format: Exclude<SearchRequest['format'], 'json'>,
  found: Found,
  context: AnswerContext,
  links: PageLinks,
): FileAnswer {
  const { request, about } = context;
  const name = `curbside-${about.city.id}-${about.version}`;
  switch (format) {
    case 'geojson': {
      const text = sized(JSON.stringify(geojsonAnswer(found, context, links)));
      return { text, headers: { 'Content-Type': GEOJSON_TYPE } };
    }
    case 'csv': {
      const text = sized(foundCsv(placesOf(found.result), request.moment, about.city.zone));
      const disposition = `attachment; filename="${name}.csv"`;
      return { text, headers: { 'Content-Type': CSV_TYPE, 'Content-Disposition': disposition } };
    }
    case 'ics': {
      const { text: words } = found.query;
      const title = `${words === '' ? 'Street food' : words}: ${about.city.name}`;
      const warnings = answerWarnings(found, context, 'a smaller radius or more words');
      return calendarFile(calendar(placesOf(found.result), { name: title, warnings }, context), name);
    }
  }
}

/** A calendar as an answer; `name` without its ending. @throws ProblemError `too-large` */
export function calendarFile(text: string, name: string): FileAnswer {
  const disposition = `inline; filename="${name}.ics"`;
  return { text: sized(text), headers: { 'Content-Type': CALENDAR_TYPE, 'Content-Disposition': disposition } };
}
