import { type CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { builtPage, uploadPage } from './assets.ts';
import { basemapFiles } from './basemap.ts';
import { changePlan, checkValues, firstPlan, turnsToCluster } from './change-plan.ts';
import { type ChangeSetInput, dropChangeSet, executeChangeSet, makeChangeSet } from './change-set.ts';
import type { Clients } from './clients.ts';
import { readableDiff } from './diff.ts';
import { refresh } from './lambda-functions.ts';
import { builtPackages, releaseForZip, uploadPackages } from './lambda-packages.ts';
import { OperatorError } from './operator-error.ts';
import { asParameters, bucketOnly, effectiveValues, readTemplate, revisionOf, withRevision } from './read-template.ts';
import { describeStack, nextStep, resourceIds } from './stack.ts';
import { lastEvent, watchStack } from './stack-events.ts';
import { waitUntilReady } from './wait-until-ready.ts';

export type DeployInput = {
  readonly stack: string;
  /** Text of the template. */
  readonly template: string;
  /** Where `npm run build` has put everything. */
  readonly dist: string;
  /** Where `npm run basemap` has put the street map. */
  readonly dataDirectory: string;
  /** Parameters of the template that are given now. */
  readonly given: ReadonlyMap<string, string>;
  /** Loads the data anew, also when a release is there. */
  readonly refresh: boolean;
  /** The code carries the bundled sample, not the live data. */
  readonly sample: boolean;
  /** Waits until the URL answers. */
  readonly wait: boolean;
  readonly pollMs: number;
  readonly say: (line: string) => void;
  /** @returns whether to go on */
  readonly ask: (question: string) => Promise<boolean>;
};

/** CloudFront needs minutes until a new name is known everywhere, milliseconds. */
const READY_LIMIT_MS = 10 * 60_000;

/**
 * Deploys everything: a bucket first, because code has to be put somewhere, then the rest in one change set, the page, the
 * first release. What is deployed already is left alone. @throws Refusal naming what failed and why; it can be repeated
 */
export async function deploy(clients: Clients, input: DeployInput): Promise<void> {
  const { stack: name, say, dist, given, ask } = input;
  const { cloudFormation, s3, lambda } = clients;
  const template = readTemplate(input.template);
  const [api, refresher] = await Promise.all([builtPackages('lambda', dist), builtPackages('refresh', dist)]);
  const before = await describeStack(cloudFormation, name);
  const step = nextStep(name, before);
  const deployed = step === 'update' ? (before?.parameters ?? {}) : {};
  const values = effectiveValues(template, given, deployed);
  checkValues(name, values, deployed);
  values.set('ApiCodeKey', api.key).set('RefreshCodeKey', refresher.key);
  const revision = revisionOf(template, values);
  values.set('Revision', revision);

  let made = step === 'update' ? await resourceIds(cloudFormation, name) : new Map<string, string>();
  // A first deployment that failed behind the bucket leaves that alone, with the parameters of the whole.
  const isNew = !made.has('ApiFunction');
  const tilesUrl = values.get('TilesUrl') ?? '';
  const basemap = await basemapFiles(s3, made.get('Bucket'), { tilesUrl, dataDirectory: input.dataDirectory });
  if (isNew) {
    say(firstPlan(template, values));
    if (!(await ask(`Create the stack ${name} with all of this?`))) throw new OperatorError('nothing was created');
  }
  if (step !== 'update') {
    if (step === 'remake') await remove(cloudFormation, before?.id ?? name, input);
    say('The bucket first:');
    await change(cloudFormation, {
      input,
      type: 'CREATE',
      body: bucketOnly(template),
      parameters: asParameters(template, values, given, {}),
    });
    made = await resourceIds(cloudFormation, name);
  }
  const bucket = made.get('Bucket');
  if (!bucket) throw new OperatorError(`the stack ${name} has no bucket: it was not made by this script`);

  const hasSecrets = [...given.keys()].some((key) => template.secret.has(key));
  const isSame = !isNew && deployed.Revision === revision && !hasSecrets;
  if (!isSame) {
    const city = values.get('City') ?? '';
    const sources = async () => {
      const { files, from } = await releaseForZip(s3, bucket, { dist, city, sample: input.sample, say });
      say(`the API's code carries a release from ${from}`);
      return files;
    };
    say(`API code ${await uploadPackages(s3, bucket, api, sources)}: ${api.key}`);
    say(`refresh code ${await uploadPackages(s3, bucket, refresher, async () => new Map())}: ${refresher.key}`);
  }
  const page = new Map([...(await builtPage(dist)), ...basemap]);
  const changed = isSame
    ? false
    : await change(cloudFormation, {
        input,
        type: 'UPDATE',
        body: withRevision(template, revision),
        parameters: asParameters(template, values, given, deployed),
        // Somebody has agreed to all of it already when it is new.
        confirm: isNew
          ? undefined
          : (diff) => {
              say(`${diff}\n${changePlan(template, values, deployed)}`);
              return ask(`Change the stack ${name} like this?`);
            },
      });
  const uploaded = await uploadPage(s3, bucket, page);
  if (uploaded.length > 0) say(`page: ${uploaded.length} files uploaded`);
  const hasRelease = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'data/current.json' })).then(
    () => true,
    (error: Error) => {
      if (error.name === 'NotFound') return false;
      throw error;
    },
  );
  const mustLoad = !hasRelease || input.refresh || turnsToCluster(values, deployed);
  if (!changed && uploaded.length === 0 && !mustLoad) say('Nothing has changed: nothing was done.');
  let failed: Error | undefined;
  if (mustLoad) {
    say('loading the data…');
    const loaded = await refresh(lambda, name, {}).catch((error: Error) => {
      failed = error;
      return undefined;
    });
    if (loaded) say(`data ${loaded.outcome}: ${loaded.version}, ${loaded.branches} locations`);
  }
  const { Url: url, EdgeName: edge } = (await describeStack(cloudFormation, name))?.outputs ?? {};
  if (input.wait) {
    if (!edge) throw new OperatorError(`the stack ${name} has no output EdgeName`);
    // The edge's own name, because nobody may have pointed another one to it yet.
    say(`waiting for https://${edge}/readyz`);
    await waitUntilReady(`https://${edge}`, { limitMs: READY_LIMIT_MS, everyMs: 5_000, say });
  }
  if (failed) {
    throw new OperatorError(
      `everything is deployed, but ${failed.message}. It answers from the release in its code; try \`npm run refresh\``,
    );
  }
  if (url) say(`Curbside: ${url}`);
  const host = values.get('DomainName');
  if (host) say(`DNS must point ${host} to ${edge} (CNAME, or an alias record); nothing here looks whether it does`);
}

type ChangeInput = Pick<ChangeSetInput, 'type' | 'parameters'> & {
  readonly input: DeployInput;
  readonly body: string;
  /** Asked with the difference before anything is done. */
  readonly confirm?: ((diff: string) => Promise<boolean>) | undefined;
};

/** @returns whether there was anything to change */
async function change(
  client: CloudFormationClient,
  { input, type, body, parameters, confirm }: ChangeInput,
): Promise<boolean> {
  const { stack, say, pollMs } = input;
  const made = await makeChangeSet(client, { stack, type, template: body, parameters, pollMs });
  if (!made) return false;
  const diff = readableDiff(made.changes);
  if (confirm && !(await confirm(diff))) {
    await dropChangeSet(client, stack, made.id);
    throw new OperatorError('nothing was changed');
  }
  if (!confirm) say(diff);
  const id = (await describeStack(client, stack))?.id ?? stack;
  const after = await lastEvent(client, id);
  await executeChangeSet(client, stack, made.id);
  await watchStack(client, { id, after, pollMs, say });
  return true;
}

async function remove(client: CloudFormationClient, id: string, { pollMs, say }: DeployInput): Promise<void> {
  say('removing what is left of the first try');
  const after = await lastEvent(client, id);
  await client.send(new DeleteStackCommand({ StackName: id }));
  await watchStack(client, { id, after, pollMs, say });
}
