import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  hasJar,
  hasNpmTools,
  hasPythonTools,
  INSTALLED_REQUIREMENTS,
  JAR,
  REQUIREMENTS,
  VENV,
} from './pinned-tools.ts';

// `npm run clients`: installs what is missing of the generators of clients that the tests run. Go and Java must be installed already.
const results = await Promise.allSettled([
  hasNpmTools() || run('npm', 'ci', '--silent', '--no-audit', '--no-fund', '--prefix', 'test/clients'),
  hasPythonTools() || installPython(),
  hasJar() || installJar(),
]);
for (const result of results) if (result.status === 'rejected') process.stderr.write(`${result.reason.message}\n`);
process.exitCode = results.every(({ status }) => status === 'fulfilled') ? 0 : 1;

async function installPython(): Promise<void> {
  mkdirSync(dirname(VENV), { recursive: true });
  await run('python3', '-m', 'venv', '--clear', VENV);
  await run(`${VENV}/bin/python`, '-m', 'pip', 'install', '--quiet', '--no-deps', '--requirement', REQUIREMENTS);
  copyFileSync(REQUIREMENTS, INSTALLED_REQUIREMENTS);
}

function installJar(): Promise<void> {
  const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy';
  return run(
    'mvn',
    '--quiet',
    '--batch-mode',
    plugin,
    `-Dartifact=${JAR.artifact}`,
    `-DoutputDirectory=${JAR.directory}`,
  );
}

/** @throws Error if the program does not exist or fails */
async function run(program: string, ...args: string[]): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(child, 'close').catch((error: Error) => [error.message]);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ended with ${code}`);
}
