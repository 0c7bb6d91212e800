import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { type BenchEngine, importBenchPackage, requireProgram } from '../bench-engine.ts';
import { Columns } from '../columns.ts';
import { benchDocuments } from '../documents.ts';
import { BOX, CENTER, RADIUS_METRES, type Task } from '../tasks.ts';

type Client = {
  connect(): Promise<unknown>;
  sendCommand(words: string[]): Promise<unknown>;
  destroy(): void;
  on(event: string, act: () => void): void;
};
type RedisModule = { createClient(options: object): Client };

/** Documents per command. */
const BATCH = 2_000;

/** Redis' geo commands. Its earth is 0.03 % larger and it rounds coordinates to 0.6 m, so totals differ slightly. */
export async function redis(branches: number): Promise<BenchEngine> {
  requireProgram('/usr/bin/redis-server', 'Redis', ['redis-server']);
  const { createClient } = await importBenchPackage<RedisModule>('redis');
  const port = 41_000 + (process.pid % 20_000);
  const server = spawn(
    '/usr/bin/redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    {
      stdio: 'ignore',
    },
  );
  await wait(500);
  const client = createClient({ url: `redis://127.0.0.1:${port}` });
  client.on('error', () => {});
  await client.connect();
  const columns = new Columns();
  let batch: string[] = [];
  const send = async () => {
    if (batch.length > 0) await client.sendCommand(['GEOADD', 'places', ...batch]);
    batch = [];
  };
  for (const document of benchDocuments(branches)) {
    columns.add(document);
    batch.push(String(document.lon), String(document.lat), String(document.id));
    if (batch.length === BATCH * 3) await send();
  }
  await send();
  const search = async (...words: string[]) => {
    const from = ['GEOSEARCH', 'places', 'FROMLONLAT'];
    return ((await client.sendCommand([...from, ...words])) as string[]).map(Number);
  };
  const center = [String(CENTER.lon), String(CENTER.lat)];
  return {
    note: 'places only; its earth is 0.03 % larger',
    async run(task: Task) {
      if (task.stems.length > 0 || task.openAt) return null;
      if (task.place === 'radius') {
        return columns.answer(await search(...center, 'BYRADIUS', String(RADIUS_METRES * 1.001), 'm', 'ASC'), task);
      }
      if (task.place === 'nearest') {
        const ids = await search(...center, 'BYRADIUS', '100', 'km', 'ASC', 'COUNT', '200');
        return { ...columns.answer(ids, task), vendors: columns.vendors, branches };
      }
      const [lon, lat] = [(BOX.west + BOX.east) / 2, (BOX.south + BOX.north) / 2];
      const width = (BOX.east - BOX.west) * 111_195 * Math.cos((lat * Math.PI) / 180);
      const sides = [String(width), String((BOX.north - BOX.south) * 111_195)];
      return columns.answer(await search(String(lon), String(lat), 'BYBOX', ...sides, 'm'), task);
    },
    close() {
      client.destroy();
      server.kill();
    },
  };
}
