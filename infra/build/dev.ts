import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, type Plugin } from 'esbuild';
import { nodeBundle, pageBundle, writePage } from './bundles.ts';
import { watchFolders } from './watch.ts';

/** What the server gets; two flags are this door's own. In a container the page must reach it from outside of it. */
const serverFlags = process.argv.slice(2);
const reloadHost = take('--reload-host') ?? '127.0.0.1';
const reloadPort = Number(take('--reload-port') ?? 0);

function take(flag: string): string | undefined {
  const at = serverFlags.indexOf(flag);
  return at === -1 ? undefined : serverFlags.splice(at, 2)[1];
}

const listeners = new Set<ServerResponse>();
const events = createServer((_request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Access-Control-Allow-Origin': '*' });
  response.write(': connected\n\n');
  listeners.add(response);
  response.on('close', () => listeners.delete(response));
});
await new Promise<void>((resolve) => events.listen(reloadPort, reloadHost, resolve));
const reload = `http://127.0.0.1:${(events.address() as AddressInfo).port}`;
const reloadPages = () => {
  for (const listener of listeners) listener.write('data: changed\n\n');
};

let server: ChildProcess | undefined;
let restarted = Promise.resolve();
/** One after the other: two builds in a row must not leave two servers at one port. */
function restart(): void {
  restarted = restarted.then(async () => {
    if (server && server.exitCode === null && server.signalCode === null) {
      const ended = once(server, 'exit');
      // Nobody waits for its last answers.
      server.kill('SIGKILL');
      await ended;
    }
    server = spawn(process.execPath, ['dist/server.js', '--reload-origin', reload, ...serverFlags], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    server.once('message', reloadPages);
  });
}

const onBuilt = (name: string, act: () => unknown): Plugin => ({
  name,
  setup: (build) =>
    build.onEnd(async ({ errors, metafile }) => {
      if (errors.length > 0) return;
      if (metafile && name === 'page') await writePage(metafile);
      await act();
    }),
});

await cp('seed/sample', 'dist/sample', { recursive: true });
const page = await context({ ...pageBundle({ reload }), plugins: [onBuilt('page', reloadPages)] });
// Packages are read from node_modules: a rebuild takes 150 ms instead of 900 (two busy cores, 2026-11-21).
const door = await context({
  ...nodeBundle('server'),
  packages: 'external',
  minify: false,
  plugins: [onBuilt('server', restart)],
});
await Promise.allSettled([page.rebuild(), door.rebuild()]);
watchFolders(['functions', 'seed', 'web'], async (paths) => {
  const ofPage = paths.some((path) => /^(web|functions\/model)\//.test(path));
  const ofServer = paths.some((path) => !path.startsWith('web/'));
  // What is wrong with a source stands on the screen already, and the next change is another try.
  await Promise.allSettled([ofPage && page.rebuild(), ofServer && door.rebuild()]);
});
process.once('SIGINT', stop).once('SIGTERM', stop);

function stop(): void {
  server?.kill();
  process.exit(0);
}
