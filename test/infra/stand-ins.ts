import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/**
 * What stands in for AWS: moto for its APIs and the Lambda runtime interface emulator for running functions. Their scripts are not
 * part of the project; tests that need them take them from `shared/aws` beside the checkout, or from CURBSIDE_TEST_AWS.
 */
const directory = process.env.CURBSIDE_TEST_AWS ?? fileURLToPath(new URL('../../../shared/aws', import.meta.url));

/** Node 24, which Lambda runs: LAMBDA_NODE names its binary; else this one, when it is new enough. */
const lambdaNode =
  process.env.LAMBDA_NODE ?? (Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : '');

export const noMoto = missing(existsSync(`${directory}/moto`), `moto (${directory}/moto, or set CURBSIDE_TEST_AWS)`);
export const noEmulator = missing(
  existsSync(`${directory}/lambda`) && existsSync(lambdaNode),
  `the Lambda emulator (${directory}/lambda, or set CURBSIDE_TEST_AWS) and Node 24 (LAMBDA_NODE=/path/to/node)`,
);

function missing(isThere: boolean, what: string): boolean {
  if (isThere) return false;
  if (process.env.CI === 'true') throw new Error(`in CI this must not be missing: ${what}`);
  console.warn(`skipped: tests that need ${what}`);
  return true;
}

/** What a script of AWS's clients finds in its environment to reach a stand-in at `url`. */
export function awsEnvironment(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    NODE_NO_WARNINGS: '1',
  };
}

export type StandIn = { readonly url: string; stop(): void };

/** Starts moto at a free port; the first time on a machine it is installed, which takes a minute. */
export async function startMoto(): Promise<StandIn> {
  const env = { ...process.env, MOTO_PORT: String(await freePort()) };
  const url = execFileSync(`${directory}/moto`, ['start'], { env, encoding: 'utf8' }).trim();
  return { url, stop: () => void spawnSync(`${directory}/moto`, ['stop'], { env }) };
}

export type Emulator = StandIn & {
  /** Runs the function once. */
  invoke<Answer>(event: unknown): Promise<Answer>;
  /** All that the emulator and the function have written. */
  log(): string;
};

/** Starts the emulator on an unpacked zip. `env` is what the template would give the function. */
export async function startFunction(
  zipDirectory: string,
  env: Record<string, string>,
  memory = 512,
): Promise<Emulator> {
  const port = await freePort();
  const all = {
    ...withoutAws(process.env),
    ...env,
    LAMBDA_PORT: String(port),
    LAMBDA_NODE: lambdaNode,
    LAMBDA_MEMORY: String(memory),
    LAMBDA_TIMEOUT: '60',
  };
  const script = `${directory}/lambda`;
  const url = execFileSync(script, ['start', zipDirectory, 'index.handler'], { env: all, encoding: 'utf8' }).trim();
  return {
    url,
    stop: () => void spawnSync(script, ['stop'], { env: all }),
    log: () => execFileSync(script, ['log'], { env: all, encoding: 'utf8', maxBuffer: 1e8 }),
    invoke: async <Answer>(event: unknown) => JSON.parse(await post(url, JSON.stringify(event))) as Answer,
  };
}

/** Each on a connection of its own: the emulator may close one that it has answered on, just when the next request is sent. */
async function post(url: string, body: string): Promise<string> {
  const sent = request(url, { method: 'POST', agent: false });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return text(answer);
}

/** An operator's own account must not get into a test. */
function withoutAws(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value && !/^(AWS_|SOURCE_|NODE_OPTIONS|VITEST|CI$)/.test(name) ? [[name, value]] : [],
    ),
  );
}

/** A port that is free together with the next one, below those that connections get by themselves. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
