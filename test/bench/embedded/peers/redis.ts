import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { Columns } from '../columns.ts';
import { needProgram } from '../debian.ts';
import { documentsOf } from '../documents.ts';
import { BOX, CENTER, type Job, RADIUS_METRES } from '../jobs.ts';
import { type Peer, peerPackage } from '../peer.ts';

type Client = {
  connect(): Promise<unknown>;
  sendCommand(words: string[]): Promise<unknown>;
  destroy(): void;
  on(event: string, act: () => void): void;
};
type RedisModule = { createClient(options: object): Client };

/** Documents sent at once. */
const BATCH = 2_000;

/** Redis' geo commands. Its earth is 0.03 % larger and its places are rounded to 0.6 m, so that totals differ a little. */
export async function redis(branches: number): Promise<Peer> {
  needProgram('/usr/bin/redis-server', 'Redis', ['redis-server']);
  const { createClient } = await peerPackage<RedisModule>('redis');
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
  for (const document of documentsOf(branches)) {
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
    async run(job: Job) {
      if (job.stems.length > 0 || job.openAt) return null;
      if (job.place === 'radius') {
        return columns.answer(await search(...center, 'BYRADIUS', String(RADIUS_METRES * 1.001), 'm', 'ASC'), job);
      }
      if (job.place === 'nearest') {
        const ids = await search(...center, 'BYRADIUS', '100', 'km', 'ASC', 'COUNT', '200');
        return { ...columns.answer(ids, job), vendors: columns.vendors, branches };
      }
      const [lon, lat] = [(BOX.west + BOX.east) / 2, (BOX.south + BOX.north) / 2];
      const width = (BOX.east - BOX.west) * 111_195 * Math.cos((lat * Math.PI) / 180);
      const sides = [String(width), String((BOX.north - BOX.south) * 111_195)];
      return columns.answer(await search(String(lon), String(lat), 'BYBOX', ...sides, 'm'), job);
    },
    close() {
      client.destroy();
      server.kill();
    },
  };
}
