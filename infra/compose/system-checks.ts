import { docker, type Project } from './docker.ts';
import { checkHardening } from './hardening-checks.ts';
import { search, waitForAnswer } from './http-client.ts';
import { checkImage, inspectImage } from './image-checks.ts';
import {
  checkDraining,
  checkFallback,
  checkPublished,
  containerState,
  hasVendor,
  isFromCluster,
  isFromFallback,
  publishTestData,
} from './persistence-checks.ts';
import { measureReload } from './reload-checks.ts';
import { assert, type Steps } from './steps.ts';

export type SystemChecksInput = {
  /** Name of the compose project. */
  readonly name: string;
  /** Name of the image that is built and checked. */
  readonly image: string;
  readonly inDirectory: (directory: string) => Project;
  readonly steps: Steps;
  /** Base URLs of the services, and of the development server's reload events. */
  readonly urls: { readonly api: string; readonly embedded: string; readonly dev: string; readonly reload: string };
};

/** Builds and runs the whole system, step by step, and removes it. @throws StepError of the first failed step */
export async function checkSystem({ name, image, inDirectory, steps, urls }: SystemChecksInput): Promise<void> {
  const project = inDirectory('.');
  /** Without refreshes from live data, which would replace the test data at any time. */
  const withoutRefresh = project.with({ REFRESH: 'off' });
  const system = { project: withoutRefresh, base: urls.api };

  await steps.run('build', async () => {
    const secret = 'smoke-secret-of-the-builder';
    await project.with({ SODA_APP_TOKEN: secret }).compose('build', 'api');
    return checkImage(image, 'node:24-slim', secret);
  });
  await steps.run('a build without the cache has the same layers', async () => {
    const first = await inspectImage(image);
    await project.compose('build', '--no-cache', 'api');
    const second = await inspectImage(image);
    const different = first.RootFS.Layers.filter((layer, at) => layer !== second.RootFS.Layers[at]);
    assert(different.length === 0, `${different.length} layers differ: ${different}`);
    return `${first.RootFS.Layers.length} layers, ${first.Id === second.Id ? 'the same' : 'another'} image id`;
  });
  let up: Promise<unknown> = Promise.resolve();
  await steps.run('up: the API answers before OpenSearch is ready', async () => {
    up = project.compose('up', '--detach');
    // The next step reports a failure.
    up.catch(() => {});
    const answer = await waitForAnswer(urls.api, 'tacos', 'first answer', () => true);
    const { hits, meta } = answer;
    assert(isFromFallback(answer) && hits > 0, `the first answer has ${hits} hits, ${JSON.stringify(meta)}`);
  });
  await steps.run('OpenSearch answers', async () => {
    const failure = new Promise<never>((_resolve, reject) => up.catch(reject));
    const answer = waitForAnswer(urls.api, 'tacos', 'answer from opensearch', isFromCluster);
    const { hits, meta } = await Promise.race([answer, failure]);
    assert(hits > 0, 'it finds no tacos');
    await up;
    return `${hits} hits, ${meta.origin} data ${meta.data_version}`;
  });
  await steps.run('up --wait succeeds, and so does seed', async () => {
    await withoutRefresh.compose('up', '--detach', '--wait');
    const { Status, ExitCode } = await containerState(project, 'seed');
    assert(Status === 'exited' && ExitCode === 0, `seed is ${Status} with exit code ${ExitCode}`);
  });
  await steps.run('the containers are hardened', () => checkHardening(project));
  let word = '';
  await steps.run('test data is published', async () => {
    word = await publishTestData(withoutRefresh);
    return checkPublished(system, word);
  });
  await steps.run('stop and start keep the data', async () => {
    await withoutRefresh.compose('stop');
    await withoutRefresh.compose('start');
    return checkPublished(system, word);
  });
  await steps.run('down and up keep the data', async () => {
    await withoutRefresh.compose('down');
    await withoutRefresh.compose('up', '--detach');
    return checkPublished(system, word);
  });
  await steps.run('OpenSearch is killed: the copy answers', () => checkFallback(system, word));
  await steps.run('OpenSearch is restarted: it answers again', async () => {
    await withoutRefresh.compose('start', 'opensearch');
    return checkPublished(system, word);
  });
  await steps.run('the API is stopped during a request', () => checkDraining(system, word));
  await steps.run('down --volumes removes everything', async () => {
    await withoutRefresh.compose('down', '--volumes');
    const label = `label=com.docker.compose.project=${name}`;
    for (const kind of ['container', 'volume', 'network']) {
      const remains = await docker(
        kind,
        'ls',
        ...(kind === 'container' ? ['--all'] : []),
        '--quiet',
        '--filter',
        label,
      );
      assert(remains.trim() === '', `a ${kind} remains: ${remains.trim()}`);
    }
  });
  await steps.run('up after down --volumes: the test data is gone', async () => {
    await withoutRefresh.compose('up', '--detach', '--wait');
    await waitForAnswer(urls.api, 'tacos', 'answer from opensearch', isFromCluster);
    assert(!hasVendor(await search(urls.api, word), word), `${word} is still found`);
    await withoutRefresh.compose('down', '--volumes');
  });
  await steps.run('embedded: the API runs alone', async () => {
    await withoutRefresh.compose('up', '--detach', '--wait', 'embedded');
    const { meta, warnings } = await search(urls.embedded, 'tacos');
    const isAlone = meta.engine === 'embedded' && !warnings.some((warning) => warning.includes('opensearch'));
    assert(isAlone, `the answer is from ${meta.engine}, with the warnings ${JSON.stringify(warnings)}`);
    const services = (await withoutRefresh.compose('ps', '--services')).trim();
    assert(services === 'embedded', `running services: ${services}`);
  });
  await steps.run('a changed source is served', () =>
    measureReload(inDirectory, { base: urls.dev, reload: urls.reload }),
  );
}
