import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BuildResult, context, type Plugin } from 'esbuild';
import { sampleFiles } from './build-project.ts';
import { bundledFiles } from './files.ts';
import { nodeBundle } from './node-bundle.ts';
import { writeOutput } from './output.ts';
import { pageBundle, pageFiles, SERVED_PAGE } from './page-bundle.ts';
import { watchFolders } from './watch.ts';

/** Apart from `npm start` and `npm run build`, which may run in the same tree. */
const OUTDIR = 'dist/dev';

/** All flags are the server's, except these two: a browser outside of a container must reach the reload events inside it. */
const serverFlags = process.argv.slice(2);
const reloadHost = takeFlag('--reload-host') ?? '127.0.0.1';
const reloadPort = Number(takeFlag('--reload-port') ?? 0);

function takeFlag(flag: string): string | undefined {
  const at = serverFlags.indexOf(flag);
  return at === -1 ? undefined : serverFlags.splice(at, 2)[1];
}

const openPages = new Set<ServerResponse>();
const events = createServer((_request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Access-Control-Allow-Origin': '*' });
  response.write(': connected\n\n');
  openPages.add(response);
  response.on('close', () => openPages.delete(response));
});
await new Promise<void>((resolve) => events.listen(reloadPort, reloadHost, resolve));
const reload = `http://127.0.0.1:${(events.address() as AddressInfo).port}`;
const reloadPages = () => {
  for (const page of openPages) page.write('data: changed\n\n');
};

let server: ChildProcess | undefined;
let restarted = Promise.resolve();
/** Restarts wait for each other: two builds in a row must not start two servers on one port. */
function restart(): void {
  restarted = restarted.then(async () => {
    if (server && server.exitCode === null && server.signalCode === null) {
      const ended = once(server, 'exit');
      // Nobody waits for its last responses.
      server.kill('SIGKILL');
      await ended;
    }
    server = spawn(process.execPath, [`${OUTDIR}/server.js`, '--reload-origin', reload, ...serverFlags], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    server.once('message', reloadPages);
  });
}

/** Writes a build's files, then calls `done`; does neither after an error. */
const onBuilt = (done: (result: BuildResult) => Promise<void> | void): Plugin => ({
  name: 'on-built',
  setup: (build) =>
    build.onEnd(async (result) => {
      if (result.errors.length > 0) return;
      await writeOutput(OUTDIR, bundledFiles(result.outputFiles ?? [], OUTDIR));
      await done(result);
    }),
});

await rm(OUTDIR, { recursive: true, force: true });
await writeOutput(OUTDIR, await sampleFiles());
const page = await context({
  ...pageBundle(OUTDIR, { reload }),
  plugins: [
    onBuilt(async ({ metafile }) => {
      if (metafile) await writeOutput(OUTDIR, await pageFiles(metafile, SERVED_PAGE, null));
      reloadPages();
    }),
  ],
});
// With packages left in node_modules, a rebuild takes 150 ms instead of 900 (two busy cores, 2026-11-21).
const serverBundle = nodeBundle('server', OUTDIR);
const api = await context({
  ...serverBundle,
  packages: 'external',
  minify: false,
  plugins: [...(serverBundle.plugins ?? []), onBuilt(restart)],
});
await Promise.allSettled([page.rebuild(), api.rebuild()]);
watchFolders(['functions', 'seed', 'web'], async (paths) => {
  const changesPage = paths.some((path) => /^(web|functions\/model)\//.test(path));
  const changesServer = paths.some((path) => !path.startsWith('web/'));
  // esbuild has printed any error already, and the next change is another attempt.
  await Promise.allSettled([changesPage && page.rebuild(), changesServer && api.rebuild()]);
});
process.once('SIGINT', stop).once('SIGTERM', stop);

function stop(): void {
  server?.kill();
  process.exit(0);
}
