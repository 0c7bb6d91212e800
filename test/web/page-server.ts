import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer as startProcess } from '../fixtures/server-process.ts';

/** A running `${BUILD}/server.js`. */
export type RunningServer = {
  /** Without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Flags of `npm run site` for a site with the same data. */
  readonly siteFlags: readonly string[];
  stop(): Promise<void>;
};

/** Flags that the server and `npm run site` share. */
const SHARED = ['--city', '--source', '--tiles', '--tiles-attribution'];

function siteFlags(args: readonly string[]): string[] {
  const hasData = args.includes('--city') || args.includes('--source');
  const shared = args.flatMap((flag, at) => {
    const value = args[at + 1] ?? '';
    // An archive of tiles that is a file of the server.
    const isOfServer = flag === '--tiles' && value.startsWith('/');
    return SHARED.includes(flag) && !isOfServer ? [flag, value] : [];
  });
  return hasData ? shared : ['--sample', ...shared];
}

/** Starts the built server in its own data directory, unless `args` names one, without refresh and tiles. */
export async function startServer(args: readonly string[] = [], port = 0): Promise<RunningServer> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'curbside-page-'));
  const settings = ['--port', String(port), '--refresh', 'off', '--data-dir', dataDirectory];
  const tiles = args.includes('--tiles') ? [] : ['--tiles', 'off'];
  const { url, child } = await startProcess([...settings, ...tiles, ...args]);
  return {
    url,
    port: Number(new URL(url).port),
    siteFlags: siteFlags(args),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}
