import { fileURLToPath } from 'node:url';
import { handle } from 'hono/aws-lambda';
import { loadEnvironment } from './config.ts';
import { openEmbedded } from './engine/embedded/search.ts';
import { readCurrent } from './engine/embedded/store.ts';
import { createApp } from './http/app.ts';
import { createLog } from './log.ts';

const config = loadEnvironment();
const log = createLog((line) => process.stdout.write(line));
// The build puts a release beside this file, so that a cold start reads one file and no network.
const current = await readCurrent(fileURLToPath(new URL('./releases', import.meta.url)));
if (!current) throw new Error('there is no release beside the function: build it with `npm run build`');
for (const warning of current.warnings) log('release', { warning });

/** Answers function-URL and API Gateway (payload 2.0) events. */
export const handler = handle(createApp({ engine: openEmbedded(current.release), tiles: config.tiles, log }));
