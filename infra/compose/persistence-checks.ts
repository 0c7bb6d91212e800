import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { docker, type Project } from './docker.ts';
import { type Answer, answer, search, until } from './http-client.ts';
import { must } from './steps.ts';

/** A running system, and where it answers. */
export type Place = { readonly project: Project; readonly base: string };

export const fromEngine = ({ meta }: Answer): boolean => meta.engine === 'opensearch';
export const fromCopy = ({ meta, warnings }: Answer): boolean =>
  meta.engine === 'embedded' && warnings.some((one) => one.includes('opensearch unavailable'));
export const names = ({ trucks }: Answer, word: string): boolean => trucks.some(({ name }) => name.includes(word));

/**
 * Publishes tables that no image and no city has: the sample with a vendor of a name made up now.
 * @returns a word of that name. @throws StepError
 */
export async function publishOwn(project: Project): Promise<string> {
  const word = `Smoke${randomBytes(4).toString('hex')}`;
  const folder = await mkdtemp(`${tmpdir()}/curbside-smoke-`);
  try {
    // The container's user is not this one.
    await chmod(folder, 0o755);
    const permits = (await readFile('seed/sample/permits.csv', 'utf8')).split('\n');
    const applicant = /^[^,]*,([^",]+),/.exec(permits[1] ?? '')?.[1];
    must(applicant, 'the second line of seed/sample/permits.csv names no applicant');
    await writeFile(`${folder}/permits.csv`, permits.join('\n').replaceAll(applicant, `${word} Tacos`));
    await writeFile(`${folder}/schedule.csv`, await readFile('seed/sample/schedule.csv', 'utf8'));
    const sources = ['permits', 'schedule'].flatMap((name) => ['--source', `${name}=/given/${name}.csv`]);
    // Forced: where there is a network, the city's own data is several times as much.
    const command = ['node', '/app/seed.js', '--quiet', '--force', ...sources];
    await project.compose('run', '--rm', '-T', '--volume', `${folder}:/given:ro`, 'seed', ...command);
  } finally {
    await rm(folder, { recursive: true });
  }
  return word;
}

/** Waits until the cluster answers with the vendor of that name. @throws StepError */
export async function isThere({ base }: Place, word: string): Promise<string> {
  const { meta } = await answer(base, word, `${word} from opensearch`, (one) => fromEngine(one) && names(one, word));
  return `${meta.engine} has ${word}, ${meta.data_version}`;
}

/** What became of a container. @throws StepError */
export async function stateOf(project: Project, service: string): Promise<{ Status: string; ExitCode: number }> {
  const id = (await project.compose('ps', '--all', '--quiet', service)).trim();
  must(id, `there is no container of ${service}`);
  return JSON.parse(await docker('inspect', '--format', '{{json .State}}', id)) as { Status: string; ExitCode: number };
}

/** Kills the engine: the API answers from its copy, with the same data, and the page is there. @throws StepError */
export async function degrades({ project, base }: Place, word: string): Promise<string> {
  await project.compose('kill', 'opensearch');
  const killed = performance.now();
  const { warnings } = await answer(base, word, 'an answer from the copy', (one) => fromCopy(one) && names(one, word));
  const ms = Math.round(performance.now() - killed);
  const page = await fetch(base);
  must(page.ok && (await page.text()).includes('<html'), `the page is a ${page.status} while the engine is away`);
  return `${ms} ms after it was killed: "${warnings.find((one) => one.includes('unavailable'))}"`;
}

/**
 * Stops the API while a request is under way: it waits for an engine that hangs, until its limit, and must be answered
 * all the same, from the copy. @throws StepError
 */
export async function drains({ project, base }: Place, word: string): Promise<string> {
  await project.compose('pause', 'opensearch');
  try {
    let isAnswered = false;
    const asked = search(base, word).finally(() => {
      isAnswered = true;
    });
    // A request of which the server has not heard is none that it could answer.
    await sleep(300);
    must(!isAnswered, 'the request was answered although the engine hangs');
    const [one] = await Promise.all([asked, project.compose('stop', 'api')]);
    must(fromCopy(one) && names(one, word), `the request got ${JSON.stringify(one.meta)}`);
    const { ExitCode } = await stateOf(project, 'api');
    must(ExitCode === 0, `the server ended with ${ExitCode}`);
  } finally {
    await project.compose('unpause', 'opensearch');
  }
  await project.compose('start', 'api');
  await until('the API', async () => ((await search(base, word)).status === 'success' ? true : undefined));
  return 'the request under way was answered, exit code 0';
}
