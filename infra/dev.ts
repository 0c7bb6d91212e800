import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, type Plugin } from 'esbuild';
import { nodeBundle, pageBundle, writePage } from './bundles.ts';

const listeners = new Set<ServerResponse>();
const events = createServer((_request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Access-Control-Allow-Origin': '*' });
  response.write(': connected\n\n');
  listeners.add(response);
  response.on('close', () => listeners.delete(response));
});
await new Promise<void>((resolve) => events.listen(0, '127.0.0.1', resolve));
const reload = `http://127.0.0.1:${(events.address() as AddressInfo).port}`;
const reloadPages = () => {
  for (const listener of listeners) listener.write('data: changed\n\n');
};

let server: ChildProcess | undefined;
let restarted = Promise.resolve();
/** One after the other: two builds in a row must not leave two servers at one port. */
function restart(): void {
  restarted = restarted.then(async () => {
    if (server?.exitCode === null) {
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    }
    server = spawn(process.execPath, ['dist/server.js', '--reload-origin', reload, ...process.argv.slice(2)], {
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
const door = await context({ ...nodeBundle('server'), plugins: [onBuilt('server', restart)] });
await page.watch();
await door.watch();
process.once('SIGINT', stop).once('SIGTERM', stop);

function stop(): void {
  server?.kill();
  process.exit(0);
}
