import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterAll } from 'vitest';
import { BUILD } from '../../fixtures/build-directory.ts';
import { type Running, startServer } from '../../fixtures/server-process.ts';

const directories: string[] = [];
// Runs after the test file that imports this module.
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** A copy of a built function in a directory of its own, with more files. The release that the build puts next to it is left out. */
export function functionCopy(name: 'lambda' | 'refresh', files: Readonly<Record<string, string | Uint8Array>>): string {
  const directory = mkdtempSync(join(tmpdir(), `curbside-${name}-`));
  directories.push(directory);
  cpSync(`${BUILD}/${name}`, directory, { recursive: true, filter: (path) => basename(path) !== 'releases' });
  for (const [path, content] of Object.entries({ ...files, 'package.json': '{"type":"module"}' })) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
}

/** Calls the handler of a copy once, in a process of its own that only the environment configures. */
export async function invokeFunction(
  directory: string,
  event: object,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly result?: unknown; readonly message?: string; readonly lines: readonly object[] }> {
  const index = pathToFileURL(join(directory, 'index.js')).href;
  const script = `import(${JSON.stringify(index)}).then(({ handler }) => handler(${JSON.stringify(event)})).then(
    (result) => console.log(JSON.stringify({ result })), ({ message }) => console.log(JSON.stringify({ message })));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH ?? '', ...env },
  });
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')]);
  const lines = output
    .split('\n')
    .filter((line) => line !== '')
    .map((line): object => JSON.parse(line));
  return { ...lines.pop(), lines };
}

/** Translates requests to events of a function's URL, and lets the time of day be moved by a file. */
const SCRIPT = `
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
const real = Date.now;
Date.now = () => real() + Number(readFileSync(process.env.CLOCK_FILE, 'utf8'));
const { handler } = await import(process.env.FUNCTION);
let count = 0;
const server = createServer(async ({ url, method, headers }, response) => {
  const [rawPath, rawQueryString = ''] = url.split(/\\?(.*)/s);
  const http = { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '203.0.113.9', userAgent: 'test' };
  const requestContext = { domainName: headers.host, http };
  const event = { version: '2.0', rawPath, rawQueryString, headers: { ...headers }, requestContext };
  const result = await handler(event, { awsRequestId: 'request-' + ++count });
  response.writeHead(result.statusCode, result.headers);
  response.end(Buffer.from(result.body, result.isBase64Encoded ? 'base64' : 'utf8'));
});
server.listen(0, '127.0.0.1', () => console.log('Curbside: http://127.0.0.1:' + server.address().port));
`;

export type FunctionServer = Running & {
  /** Moves the function's time of day forward. */
  readonly later: (ms: number) => void;
};

/** Runs a copy of the built API function in a process of its own, which answers HTTP. @throws Error with its output if it does not start */
export async function startFunctionServer(
  files: Readonly<Record<string, string | Uint8Array>>,
  env: Readonly<Record<string, string>>,
): Promise<FunctionServer> {
  const directory = functionCopy('lambda', { ...files, 'serve.js': SCRIPT, clock: '0' });
  const clock = join(directory, 'clock');
  const variables = { ...env, CLOCK_FILE: clock, FUNCTION: pathToFileURL(join(directory, 'index.js')).href };
  const running = await startServer([], variables, join(directory, 'serve.js'));
  let passed = 0;
  return {
    ...running,
    later: (ms) => {
      passed += ms;
      writeFileSync(clock, String(passed));
    },
  };
}
