import { spawn } from 'node:child_process';
import { StepError } from './steps.ts';

/** Far more than any command takes on a slow machine, milliseconds. */
const LIMIT_MS = 900_000;

/** Runs a command to its end. @returns its output. @throws StepError with the end of what it said when it fails. */
export function run(command: string, args: readonly string[], cwd?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT_MS });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.once('error', (error) => reject(new StepError(`${command} cannot be run: ${error.message}`)));
    child.once('close', (code) => {
      const text = Buffer.concat(output).toString();
      if (code === 0) return resolve(text);
      const said = `${Buffer.concat(errors)}`.trim() || text.trim();
      const shown = args.filter((arg) => !/^[A-Z_]+=/.test(arg)).join(' ');
      reject(new StepError(`${command} ${shown} ended with ${code}: ${said.split('\n').slice(-8).join('\n')}`));
    });
  });
}

/** `docker` with some arguments. @throws StepError */
export const docker = (...args: string[]): Promise<string> => run('docker', args);

/** A compose project of a check's own, beside those that already run. */
export type Project = {
  /** `docker compose` in it. @throws StepError */
  compose(...args: string[]): Promise<string>;
  /** The same with other settings. */
  with(settings: Readonly<Record<string, string>>): Project;
  /** How `docker compose` is run, for a process that is to stay: command and arguments. */
  command(...args: string[]): readonly [string, readonly string[]];
};

export type ProjectInput = {
  readonly name: string;
  /** Where docker-compose.yml is. */
  readonly directory: string;
  /** Variables that the file reads. */
  readonly settings: Readonly<Record<string, string>>;
  /** Variables that it must not get from whoever runs the check. */
  readonly without: readonly string[];
};

/** A project that takes no settings from a file `.env` nor, of those named, from the environment. */
export function createProject(input: ProjectInput): Project {
  const { name, directory, settings, without } = input;
  const command: Project['command'] = (...args) => [
    'env',
    [
      ...without.flatMap((variable) => ['-u', variable]),
      ...Object.entries(settings).map(([variable, value]) => `${variable}=${value}`),
      ...['docker', 'compose', '--project-name', name, '--project-directory', directory, '--env-file', '/dev/null'],
      ...args,
    ],
  ];
  return {
    command,
    compose: (...args) => run(...command(...args), directory),
    with: (more) => createProject({ ...input, settings: { ...settings, ...more } }),
  };
}
