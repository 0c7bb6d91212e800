import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';
import { createProject, docker } from './docker.ts';
import { createSteps, StepError } from './steps.ts';
import { checkSystem } from './system-checks.ts';

const HELP = `Checks the whole system in containers, from the build of the image to its removal.

Usage: npm run compose:smoke [-- OPTIONS]

  --keep      Keep the containers of a failed check
  -h, --help  Show this help

The check has its own project name, ports and image, so a running system is not affected.`;

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const { values: flags } = parseArgs({ options: { keep: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
const name = `curbside-smoke-${process.pid}`;
const image = `${name}:check`;
const steps = createSteps(print);
const [port, embeddedPort, devPort, reloadPort] = await findFreePorts(4);
const settings = {
  CURBSIDE_IMAGE: image,
  CURBSIDE_PORT: `${port}`,
  CURBSIDE_EMBEDDED_PORT: `${embeddedPort}`,
  CURBSIDE_DEV_PORT: `${devPort}`,
  CURBSIDE_RELOAD_PORT: `${reloadPort}`,
};
const unset = [...readFileSync('.env.example', 'utf8').matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map(([, one]) => one ?? '');
const inDirectory = (directory: string) => createProject({ name, directory, settings, unset });
const project = inDirectory('.');
const url = (ownPort: number | undefined) => `http://127.0.0.1:${ownPort}`;
let hasDocker = false;

if (flags.help) print(HELP);
else {
  process.once('SIGINT', () => void removeAll().finally(() => process.exit(130)));
  try {
    await steps.run('a Docker engine with compose', findDocker);
    hasDocker = true;
    await checkSystem({
      ...{ name, image, inDirectory, steps },
      urls: { api: url(port), embedded: url(embeddedPort), dev: url(devPort), reload: url(reloadPort) },
    });
    print(`all ${steps.count()} steps succeeded`);
  } catch (error) {
    process.stderr.write(`compose:smoke: ${error instanceof StepError ? error.message : (error as Error).stack}\n`);
    process.exitCode = 1;
    if (hasDocker && !flags.keep) await printLogs();
  } finally {
    if (!hasDocker) print('nothing was started');
    else if (process.exitCode && flags.keep) print(`containers kept: docker compose --project-name ${name} …`);
    else await removeAll();
  }
  // Exits even if a failed step has left a pending poll or command.
  process.exit();
}

async function findDocker(): Promise<string> {
  const version = await docker('version', '--format', '{{.Server.Version}}').catch((error: Error) => {
    throw new StepError(
      `${error.message}\nInstall Docker Engine with compose (https://docs.docker.com/engine/install/) and start it`,
    );
  });
  return `${version.trim()}, compose ${(await docker('compose', 'version', '--short')).trim()}`;
}

async function printLogs(): Promise<void> {
  for (const args of [
    ['ps', '--all'],
    ['logs', '--no-color', '--tail', '100'],
  ]) {
    await project.compose(...args).then(print, (error: Error) => print(error.message));
  }
}

/** Removes the check's own containers, volumes, networks and images, whichever exist. */
async function removeAll(): Promise<void> {
  await project
    .compose('--profile', '*', 'down', '--volumes', '--remove-orphans', '--timeout', '5')
    .catch((error: Error) => print(error.message));
  for (const one of [image, `${image}-dev`]) await docker('image', 'rm', '--force', one).catch(() => {});
}

async function findFreePorts(count: number): Promise<number[]> {
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
