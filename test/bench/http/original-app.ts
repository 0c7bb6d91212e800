import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

type Branch = { hours: string; schedule: string; address: string; location: unknown };
type Truck = { name: string; fooditems: string[]; drinks: boolean; branches: Branch[] };

/** Starts a re-creation of the original app on its data, or returns the reason why this machine cannot. */
export async function startOriginalApp(
  trucks: readonly Truck[],
): Promise<{ port: number; stop(): Promise<void> } | string> {
  const url = process.env.OPENSEARCH_URL;
  if (!url) return 'OPENSEARCH_URL is not set';
  if (spawnSync('python3', ['-c', 'import flask']).status !== 0) return 'python3 has no flask: pip install flask';
  const index = `curbside-bench-original-${process.pid}`;
  const lines = trucks.flatMap(({ name, fooditems, drinks, branches }) =>
    branches.flatMap(({ hours, schedule, address, location }) => {
      const row = { name, fooditems, drinks, hours, schedule, address, location };
      return ['{"index":{}}', JSON.stringify(row)];
    }),
  );
  const headers = { 'Content-Type': 'application/x-ndjson' };
  const loaded = await fetch(`${url}/${index}/_bulk?refresh=true`, {
    method: 'POST',
    headers,
    body: `${lines.join('\n')}\n`,
  });
  if (!loaded.ok) return `OpenSearch returned ${loaded.status}`;
  const port = 30_000 + (process.pid % 20_000);
  const server = spawn('python3', ['test/bench/http/original-app.py', url, index, String(port)], { stdio: 'ignore' });
  const stop = async () => {
    server.kill();
    await fetch(`${url}/${index}`, { method: 'DELETE' });
  };
  if (await isReady(port, server)) return { port, stop };
  await stop();
  return 'it does not start';
}

async function isReady(port: number, server: ChildProcess): Promise<boolean> {
  for (let tries = 0; tries < 50 && server.exitCode === null; tries++) {
    const response = await fetch(`http://127.0.0.1:${port}/search?q=tacos`).catch(() => null);
    if (response?.ok) return true;
    await wait(200);
  }
  return false;
}
