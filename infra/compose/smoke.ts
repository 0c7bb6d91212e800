import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';
import { createProject, docker } from './docker.ts';
import { checkHardened } from './hardening-checks.ts';
import { answer, search } from './http-client.ts';
import { checkImage, inspectImage } from './image-checks.ts';
import { degrades, drains, fromCopy, fromEngine, isThere, names, publishOwn, stateOf } from './persistence-checks.ts';
import { measureReload } from './reload.ts';
import { createSteps, must, StepError } from './steps.ts';

const HELP = `npm run compose:smoke: the whole system in containers, checked from nothing and taken down again

  --keep   leaves the containers of a failed check as they are
It runs beside a system that is up: its project has a name, ports and an image of its own.`;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const { values: flags } = parseArgs({ options: { keep: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
const name = `curbside-smoke-${process.pid}`;
const image = `${name}:check`;
const steps = createSteps(say);
const [port, embeddedPort, devPort, reloadPort] = await freePorts(4);
const settings = {
  CURBSIDE_IMAGE: image,
  CURBSIDE_PORT: `${port}`,
  CURBSIDE_EMBEDDED_PORT: `${embeddedPort}`,
  CURBSIDE_DEV_PORT: `${devPort}`,
  CURBSIDE_RELOAD_PORT: `${reloadPort}`,
};
const without = [...readFileSync('.env.example', 'utf8').matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map(([, one]) => one ?? '');
const inDirectory = (directory: string) => createProject({ name, directory, settings, without });
const project = inDirectory('.');
/** Without the city's live data, which comes when it wants to. */
const still = project.with({ REFRESH: 'off' });
const at = (one: number | undefined) => `http://127.0.0.1:${one}`;
const base = at(port);
const place = { project: still, base };
let isEngineHere = false;

if (flags.help) say(HELP);
else {
  process.once('SIGINT', () => void takeDown().finally(() => process.exit(130)));
  try {
    await findEngine();
    isEngineHere = true;
    await check();
    say(`${steps.count()} steps went well`);
  } catch (error) {
    process.stderr.write(`compose:smoke: ${error instanceof StepError ? error.message : (error as Error).stack}\n`);
    process.exitCode = 1;
    if (isEngineHere && !flags.keep) await showLogs();
  } finally {
    if (!isEngineHere) say('nothing was started');
    else if (process.exitCode && flags.keep) say(`left as it is: docker compose --project-name ${name} …`);
    else await takeDown();
  }
  // What still waits for something that will not come any more.
  process.exit();
}

function findEngine(): Promise<void> {
  return steps.run('a Docker engine with compose', async () => {
    const found = await docker('version', '--format', '{{.Server.Version}}').catch((error: Error) => {
      throw new StepError(
        `${error.message}\nInstall Docker Engine with compose (https://docs.docker.com/engine/install/) and start it; ` +
          'where no image registry can be reached: ../shared/docker/local-docker.sh up',
      );
    });
    return `${found.trim()}, compose ${(await docker('compose', 'version', '--short')).trim()}`;
  });
}

async function check(): Promise<void> {
  const secret = 'smoke-secret-of-the-builder';
  await steps.run('build', async () => {
    await project.with({ SODA_APP_TOKEN: secret }).compose('build', 'api');
    return checkImage(image, 'node:24-slim', secret);
  });
  await steps.run('build again without the cache: the same layers', async () => {
    const first = await inspectImage(image);
    await project.compose('build', '--no-cache', 'api');
    const second = await inspectImage(image);
    const other = first.RootFS.Layers.filter((layer, at) => layer !== second.RootFS.Layers[at]);
    must(other.length === 0, `${other.length} of its layers are not the same: ${other}`);
    return `all ${first.RootFS.Layers.length}, and the image ${first.Id === second.Id ? 'itself' : 'has another id'}`;
  });
  let up: Promise<unknown> = Promise.resolve();
  await steps.run('up: the API answers before the engine', async () => {
    up = project.compose('up', '--detach');
    // When it fails, the next step says so.
    up.catch(() => {});
    const one = await answer(base, 'tacos', 'a first answer', () => true);
    must(fromCopy(one) && one.hits > 0, `the first answer is ${one.hits} hits, ${JSON.stringify(one.meta)}`);
  });
  await steps.run('the engine answers', async () => {
    const failed = new Promise<never>((_resolve, reject) => up.catch(reject));
    const { hits, meta } = await Promise.race([answer(base, 'tacos', 'an answer from opensearch', fromEngine), failed]);
    must(hits > 0, 'it has no tacos');
    await up;
    return `${hits} hits, ${meta.origin} data ${meta.data_version}`;
  });
  await steps.run('up --wait ends well, and so did the loading', async () => {
    await still.compose('up', '--detach', '--wait');
    const { Status, ExitCode } = await stateOf(project, 'seed');
    must(Status === 'exited' && ExitCode === 0, `seed is ${Status} with ${ExitCode}`);
  });
  await steps.run('hardened', () => checkHardened(project));
  let word = '';
  await steps.run('data of its own is published', async () => {
    word = await publishOwn(still);
    return isThere(place, word);
  });
  await steps.run('stop and start: the data is there', async () => {
    await still.compose('stop');
    await still.compose('start');
    return isThere(place, word);
  });
  await steps.run('down and up: the data is there', async () => {
    await still.compose('down');
    await still.compose('up', '--detach');
    return isThere(place, word);
  });
  await steps.run('the engine is killed: answers come from the copy', () => degrades(place, word));
  await steps.run('the engine is started: answers come from it', async () => {
    await still.compose('start', 'opensearch');
    return isThere(place, word);
  });
  await steps.run('the API is stopped with a request under way', () => drains(place, word));
  await steps.run('down -v: nothing is left', async () => {
    await still.compose('down', '--volumes');
    const label = `label=com.docker.compose.project=${name}`;
    for (const kind of ['container', 'volume', 'network']) {
      const left = await docker(kind, 'ls', ...(kind === 'container' ? ['--all'] : []), '--quiet', '--filter', label);
      must(left.trim() === '', `a ${kind} is left: ${left.trim()}`);
    }
  });
  await steps.run('up after down -v: the data of its own is gone', async () => {
    await still.compose('up', '--detach', '--wait');
    await answer(base, 'tacos', 'an answer from opensearch', fromEngine);
    must(!names(await search(base, word), word), `${word} is still there`);
    await still.compose('down', '--volumes');
  });
  await steps.run('embedded: the API alone', async () => {
    await still.compose('up', '--detach', '--wait', 'embedded');
    const { meta, warnings } = await search(at(embeddedPort), 'tacos');
    must(meta.engine === 'embedded' && !warnings.some((one) => one.includes('opensearch')), `${meta.engine}`);
    const running = (await still.compose('ps', '--services')).trim();
    must(running === 'embedded', `these run: ${running}`);
  });
  await steps.run('a changed source is served', () =>
    measureReload(inDirectory, { base: at(devPort), reload: at(reloadPort) }),
  );
}

async function showLogs(): Promise<void> {
  for (const args of [
    ['ps', '--all'],
    ['logs', '--no-color', '--tail', '100'],
  ]) {
    await project.compose(...args).then(say, (error: Error) => say(error.message));
  }
}

/** Whatever the check has got to: containers, volumes, networks and images of its own. */
async function takeDown(): Promise<void> {
  await project
    .compose('--profile', '*', 'down', '--volumes', '--remove-orphans', '--timeout', '5')
    .catch((error: Error) => say(error.message));
  for (const one of [image, `${image}-dev`]) await docker('image', 'rm', '--force', one).catch(() => {});
}

/** Ports that nobody listens on now. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(
    servers.map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
