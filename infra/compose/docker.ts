import { spawn } from 'node:child_process';
import { StepError } from './steps.ts';

/** Far above the time of any command on a slow machine, milliseconds. */
const TIMEOUT_MS = 900_000;

/** Runs a command. @returns its standard output. @throws StepError with its last lines of output if it fails. */
export function run(command: string, args: readonly string[], cwd?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: TIMEOUT_MS });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.once('error', (error) => reject(new StepError(`cannot run ${command}: ${error.message}`)));
    child.once('close', (code) => {
      const text = Buffer.concat(output).toString();
      if (code === 0) return resolve(text);
      const lines = (`${Buffer.concat(errors)}`.trim() || text.trim()).split('\n');
      // Settings may be secrets.
      const shownArgs = args.filter((arg) => !/^[A-Z_]+=/.test(arg)).join(' ');
      reject(new StepError(`${command} ${shownArgs} failed with exit code ${code}: ${lines.slice(-8).join('\n')}`));
    });
  });
}

/** Runs `docker` with these arguments. @throws StepError */
export const docker = (...args: string[]): Promise<string> => run('docker', args);

/** A compose project that is separate from those that already run. */
export type Project = {
  /** Runs `docker compose` in the project. @throws StepError */
  compose(...args: string[]): Promise<string>;
  /** The same project with additional settings. */
  with(settings: Readonly<Record<string, string>>): Project;
  /** The command and arguments of `docker compose`, for a long-running process. */
  command(...args: string[]): readonly [string, readonly string[]];
};

export type ProjectInput = {
  readonly name: string;
  /** The directory of docker-compose.yml. */
  readonly directory: string;
  /** Variables for docker-compose.yml. */
  readonly settings: Readonly<Record<string, string>>;
  /** Variables that the project must not inherit from the caller's environment. */
  readonly unset: readonly string[];
};

/** Creates a project that ignores `.env` and the variables in `unset`. */
export function createProject(input: ProjectInput): Project {
  const { name, directory, settings, unset } = input;
  const command: Project['command'] = (...args) => [
    'env',
    [
      ...unset.flatMap((variable) => ['-u', variable]),
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
