import * as z from 'zod/mini';
import { named, said } from './wire.ts';

export const healthSchema = named('Health', 'The process runs.', z.object({ status: z.literal('ok') }));

export const readySchema = named(
  'Ready',
  'There is data to answer with.',
  z.object({ status: z.literal('ok'), version: said(z.string(), 'Of the release.') }),
);

export const debugSchema = named(
  'Debug',
  "The original app's status.",
  z.object({ status: z.literal('success'), msg: z.string() }),
);
