import * as z from 'zod/mini';
import { ENGINE_NAMES } from '../../../engine/engine.ts';
import type { DataOrigin } from '../../../model/release.ts';
import { named, orNull, said } from './wire.ts';

const ORIGINS = ['given', 'live', 'cached', 'sample'] as const satisfies DataOrigin[];

export const attributionSchema = named(
  'Attribution',
  'Who gives the data, on what terms, and how it wants to be named.',
  z.object({ text: z.string(), url: z.string(), license: z.string(), licenseUrl: z.string() }),
);

export const answerMetaSchema = named(
  'AnswerMeta',
  'Which data an answer comes from, and when it was made.',
  z.object({
    data_version: said(z.string(), 'The release; the same data has the same version.'),
    as_of: said(z.string(), "The data's own date, `YYYY-MM-DD`.", { format: 'date' }),
    fetched_at: said(orNull(z.string()), 'When the oldest source was read, RFC 3339.', { format: 'date-time' }),
    origin: said(z.enum(ORIGINS), '`sample`: invented vendors, no real data is here yet.'),
    now: said(z.string(), 'Time of the answer, RFC 3339, floored to the minute so that answers can be cached.', {
      format: 'date-time',
    }),
    timezone: said(z.string(), 'IANA zone in which all hours are meant.'),
    engine: said(z.enum(ENGINE_NAMES), 'What searched; every engine gives the same answer.'),
  }),
);

export const warningsSchema = () => said(z.array(z.string()), 'What a person should know of this answer; often empty.');

/** The part of every answer that says which data it comes from. */
export type ResponseMeta = z.infer<typeof answerMetaSchema>;
