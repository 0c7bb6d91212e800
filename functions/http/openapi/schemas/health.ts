import * as z from 'zod/mini';
import { component, described } from './registry.ts';

export const healthSchema = component('Health', 'The process runs.', z.object({ status: z.literal('ok') }));

export const readySchema = component(
  'Ready',
  'The engine has data.',
  z.object({ status: z.literal('ok'), version: described(z.string(), 'The release.') }),
);

export const debugSchema = component(
  'Debug',
  "The original app's status.",
  z.object({ status: z.literal('success'), msg: z.string() }),
);
