import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { docker, type Project } from './docker.ts';
import { pollUntil, type SearchAnswer, search, waitForAnswer } from './http-client.ts';
import { assert } from './steps.ts';

/** A running system and the base URL of its API. */
export type RunningSystem = { readonly project: Project; readonly base: string };

export const isFromCluster = ({ meta }: SearchAnswer): boolean => meta.engine === 'opensearch';
export const isFromFallback = ({ meta, warnings }: SearchAnswer): boolean =>
  meta.engine === 'embedded' && warnings.some((warning) => warning.includes('opensearch unavailable'));
export const hasVendor = ({ trucks }: SearchAnswer, word: string): boolean =>
  trucks.some(({ name }) => name.includes(word));

/**
 * Publishes data that no image and no city has: the sample with one vendor renamed to a random name.
 * @returns a word of that name. @throws StepError
 */
export async function publishTestData(project: Project): Promise<string> {
  const word = `Smoke${randomBytes(4).toString('hex')}`;
  const folder = await mkdtemp(`${tmpdir()}/curbside-smoke-`);
  try {
    // The container runs as another user.
    await chmod(folder, 0o755);
    const permits = (await readFile('seed/sample/permits.csv', 'utf8')).split('\n');
    const applicant = /^[^,]*,([^",]+),/.exec(permits[1] ?? '')?.[1];
    assert(applicant, 'the second line of seed/sample/permits.csv names no applicant');
    await writeFile(`${folder}/permits.csv`, permits.join('\n').replaceAll(applicant, `${word} Tacos`));
    await writeFile(`${folder}/schedule.csv`, await readFile('seed/sample/schedule.csv', 'utf8'));
    const sources = ['permits', 'schedule'].flatMap((name) => ['--source', `${name}=/given/${name}.csv`]);
    // --force, because the sample has less than half of the places of live data, if that was loaded before.
    const command = ['node', '/app/seed.js', '--quiet', '--force', ...sources];
    await project.compose('run', '--rm', '-T', '--volume', `${folder}:/given:ro`, 'seed', ...command);
  } finally {
    await rm(folder, { recursive: true });
  }
  return word;
}

/** Waits until the cluster finds the published vendor. @throws StepError */
export async function checkPublished({ base }: RunningSystem, word: string): Promise<string> {
  const isExpected = (answer: SearchAnswer) => isFromCluster(answer) && hasVendor(answer, word);
  const { meta } = await waitForAnswer(base, word, `answer with ${word} from opensearch`, isExpected);
  return `${meta.engine} finds ${word} in ${meta.data_version}`;
}

/** @throws StepError if the service has no container */
export async function containerState(project: Project, service: string): Promise<{ Status: string; ExitCode: number }> {
  const id = (await project.compose('ps', '--all', '--quiet', service)).trim();
  assert(id, `the service ${service} has no container`);
  return JSON.parse(await docker('inspect', '--format', '{{json .State}}', id)) as { Status: string; ExitCode: number };
}

/** Kills OpenSearch: the API must answer from its copy of the same data and serve the page. @throws StepError */
export async function checkFallback({ project, base }: RunningSystem, word: string): Promise<string> {
  await project.compose('kill', 'opensearch');
  const killedAt = performance.now();
  const isExpected = (answer: SearchAnswer) => isFromFallback(answer) && hasVendor(answer, word);
  const { warnings } = await waitForAnswer(base, word, 'answer from the copy', isExpected);
  const ms = Math.round(performance.now() - killedAt);
  const page = await fetch(base);
  assert(page.ok && (await page.text()).includes('<html'), `without OpenSearch the page answers ${page.status}`);
  return `after ${ms} ms: "${warnings.find((warning) => warning.includes('unavailable'))}"`;
}

/**
 * Stops the API during a request that waits for a paused OpenSearch: the API must still answer it, from its copy.
 * @throws StepError
 */
export async function checkDraining({ project, base }: RunningSystem, word: string): Promise<string> {
  await project.compose('pause', 'opensearch');
  try {
    let isAnswered = false;
    const request = search(base, word).finally(() => {
      isAnswered = true;
    });
    // Gives the server time to receive the request.
    await sleep(300);
    assert(!isAnswered, 'the request was answered although OpenSearch is paused');
    const [answer] = await Promise.all([request, project.compose('stop', 'api')]);
    assert(isFromFallback(answer) && hasVendor(answer, word), `the answer was ${JSON.stringify(answer.meta)}`);
    const { ExitCode } = await containerState(project, 'api');
    assert(ExitCode === 0, `the server exited with ${ExitCode}`);
  } finally {
    await project.compose('unpause', 'opensearch');
  }
  await project.compose('start', 'api');
  await pollUntil('answer from the restarted API', async () =>
    (await search(base, word)).status === 'success' ? true : undefined,
  );
  return 'the pending request was answered, exit code 0';
}
