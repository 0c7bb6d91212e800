import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';
import { blocksOf } from '../fixtures/doc-examples.ts';
import { type Running, startServer } from '../fixtures/server-process.ts';
import { GENERATORS, VENV } from './pinned-tools.ts';

/** The server of the README's commands. */
const README_SERVER = 'http://127.0.0.1:8080';

/** A compiler's first run on a machine compiles its standard library: half a minute on two busy cores. */
export const CLIENT_TIMEOUT_MS = 240_000;

/** A new directory for one client. */
export class ClientDirectory {
  readonly path = mkdtempSync(join(tmpdir(), 'curbside-client-'));

  /** Runs the command of functions/http/README.md that generates a client, against `server`. */
  async generate(language: keyof typeof GENERATORS, server: string, ...more: string[]): Promise<string> {
    const { called, installed } = GENERATORS[language];
    const line = blocksOf('functions/http/README.md')
      .flatMap(({ language, text }) => (language === 'sh' ? text.split('\n') : []))
      .find((one) => one.startsWith(`${called} `));
    if (!line) throw new Error(`functions/http/README.md has no command that starts with ${called}`);
    const args = line
      .slice(called.length + 1)
      .replace(README_SERVER, server)
      .split(' ');
    const [program, ...first] = installed;
    return this.run(program, ...first, ...args, ...more);
  }

  /** Copies a program of the folder `programs`. @param to a path in this directory */
  add(program: string, to: string): void {
    copyFileSync(`test/clients/programs/${program}`, join(this.path, to));
  }

  /** Runs a program in this directory, and returns what it prints. @throws Error with its output if it fails */
  async run(program: string, ...args: string[]): Promise<string> {
    const PATH = [dirname(process.execPath), `${VENV}/bin`, process.env.PATH].join(delimiter);
    // No toolchain or module of Go is downloaded, and redocly does not report to its makers.
    const offline = {
      GOTOOLCHAIN: 'local',
      GOPROXY: 'off',
      REDOCLY_TELEMETRY: 'off',
      REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
    };
    const env = { ...process.env, ...offline, PATH };
    try {
      const { stdout } = await promisify(execFile)(program, args, { cwd: this.path, env, maxBuffer: 1e8 });
      return stdout;
    } catch (error) {
      const { message, stdout, stderr } = error as { message: string; stdout: string; stderr: string };
      throw new Error(`${message}\n${stdout}\n${stderr}`);
    }
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A directory for the clients of the current suite, and a server of the sample data that runs as long as the suite does. */
export function clientFixture(): { readonly client: ClientDirectory; serverUrl(): string } {
  const client = new ClientDirectory();
  let server: Running | undefined;
  beforeAll(async () => {
    server = await startServer(['--refresh', 'off', '--data-dir', '/nonexistent']);
  });
  afterAll(async () => {
    await server?.stop();
    client.remove();
  });
  return { client, serverUrl: () => server?.url ?? '' };
}
