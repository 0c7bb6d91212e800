import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Project } from './docker.ts';
import { until } from './http-client.ts';
import { must } from './steps.ts';

/** What the image of the development server is built of, and compose reads. */
const SOURCES = ['functions', 'seed', 'web', 'infra', 'package.json', 'package-lock.json', 'tsconfig.json'];
const CHANGES = 3;
/** What is promised, milliseconds. A slower machine makes this check say so, not fail. */
const PROMISED_MS = 2_000;

/**
 * Changes sources below `docker compose up --watch dev` and measures how long until the API and the page have changed; of
 * the page, until it was told to reload. In a copy of the sources. @throws StepError
 */
export async function measureReload(
  inDirectory: (directory: string) => Project,
  { base, reload }: { readonly base: string; readonly reload: string },
): Promise<string> {
  const root = await mkdtemp(`${tmpdir()}/curbside-dev-`);
  for (const part of [...SOURCES, 'docker-compose.yml', '.dockerignore']) {
    await cp(part, `${root}/${part}`, { recursive: true });
  }
  const project = inDirectory(root);
  const [command, args] = project.command('up', '--build', '--watch', 'dev');
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk;
    });
  }
  try {
    const isServed = async (path: string, text = '') => {
      const response = await fetch(`${base}${path}`);
      return response.ok && (await response.text()).includes(text) ? true : undefined;
    };
    await until('the development server', async (see) => {
      see(said.slice(-500));
      must(child.exitCode === null, `docker compose up --watch dev ended: ${said.slice(-500)}`);
      return /watch (enabled|config)/i.test(said) ? isServed('/healthz') : undefined;
    });
    const api: number[] = [];
    const page: number[] = [];
    for (let change = 1; change <= CHANGES; change++) {
      const app = `${root}/functions/http/app.ts`;
      const before = await readFile(app, 'utf8');
      const changed = before.replace(/'\/healthz\d*'/, `'/healthz${change}'`);
      must(changed !== before, 'functions/http/app.ts has no /healthz');
      // The page hears it: whoever asked the old server for the new answer again and again would keep it from ending.
      const events = await listen(reload);
      api.push(await timed(app, changed, events.changed));
      must(await isServed(`/healthz${change}`), 'the page was told to reload before the API had changed');
      events.forget();

      const style = `${root}/web/style.css`;
      const rule = `.changed-${change}{color:red}`;
      page.push(await timed(style, `${await readFile(style, 'utf8')}\n${rule}\n`, events.changed));
      await events.close();
      must(
        await isServed('/assets/style.css', `.changed-${change}`),
        'the page was told to reload before it was there',
      );
    }
    const slowest = Math.max(...api, ...page);
    const promise = slowest <= PROMISED_MS ? '' : `, more than the ${PROMISED_MS} ms that are promised`;
    return `API ${api.join(', ')} ms, page ${page.join(', ')} ms${promise}`;
  } finally {
    child.kill('SIGINT');
    await ended;
    await rm(root, { recursive: true });
  }
}

/** Writes a file and waits for its effect, milliseconds. */
async function timed(path: string, text: string, look: () => Promise<true | undefined>): Promise<number> {
  const started = performance.now();
  await writeFile(path, text);
  await until(`the change of ${path}`, look, { everyMs: 20, limitMs: 60_000 });
  return Math.round(performance.now() - started);
}

type Listening = {
  /** Whether the page was told to reload; `undefined`: not yet. */
  readonly changed: () => Promise<true | undefined>;
  /** From now on, for the next change. */
  readonly forget: () => void;
  readonly close: () => Promise<void>;
};

/** Listens as an open page does. */
async function listen(url: string): Promise<Listening> {
  const reader = (await fetch(url)).body?.getReader();
  must(reader, `${url} has no body`);
  let heard = '';
  const hear = async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard += new TextDecoder().decode(value);
    }
  };
  void hear().catch(() => {});
  return {
    changed: async () => (heard.includes('data: changed') ? true : undefined),
    forget: () => {
      heard = '';
    },
    close: () => reader.cancel(),
  };
}
