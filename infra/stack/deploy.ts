import { type CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { separateAppToken, storeAppToken } from './app-token.ts';
import { toAsciiValues } from './ascii-values.ts';
import { builtPage, pageSources, uploadPage, withShareImage } from './assets.ts';
import { applyBudget, plannedBudget } from './budget.ts';
import { checkParameters, describeChange, describeCreation, startsUsingCluster } from './change-plan.ts';
import { type ChangeSetInput, createChangeSet, deleteChangeSet, executeChangeSet } from './change-set.ts';
import { checkBuiltIn, readCityPackage } from './city-file.ts';
import type { Caller, Clients } from './clients.ts';
import { checkDeployment } from './deploy-checks.ts';
import { deploymentStep, describeStack, resourceIds } from './describe-stack.ts';
import { formatDiff } from './diff.ts';
import { checkEdgeOptions } from './edge-options.ts';
import { errorPages } from './error-pages.ts';
import { deleteOtherCertificates, provideCertificate } from './host-name.ts';
import { invokeRefresh } from './lambda-functions.ts';
import { bundledRelease, describeBundle, readLambdaPackage, uploadLambdaPackage } from './lambda-packages.ts';
import { OperatorError } from './operator-error.ts';
import { readBasemap } from './read-basemap.ts';
import {
  bucketOnly,
  readTemplate,
  resolveParameters,
  revisionOf,
  toParameters,
  withRevision,
} from './read-template.ts';
import { objectExists } from './s3-bucket.ts';
import { newestEventId, watchStack } from './stack-events.ts';
import { updateProtection } from './termination-protection.ts';
import { waitUntilReady } from './wait-until-ready.ts';

export type DeployInput = {
  readonly stack: string;
  readonly caller: Caller;
  /** Text of the template. */
  readonly template: string;
  /** Output directory of `npm run build`. */
  readonly dist: string;
  /** Directory in which `npm run basemap` put the street map. */
  readonly dataDirectory: string;
  /** Parameters of the template to set; the others keep their deployed values. */
  readonly overrides: ReadonlyMap<string, string>;
  /** Path of the file of a city that is not built in. */
  readonly cityFile?: string | undefined;
  /** Loads the data even if there is a release. */
  readonly refresh: boolean;
  /** Bundles the sample with the API's code instead of live data. */
  readonly sample: boolean;
  /** Waits until the URL answers. */
  readonly wait: boolean;
  readonly pollMs: number;
  readonly print: (line: string) => void;
  /** @returns whether to continue */
  readonly confirm: (question: string) => Promise<boolean>;
};

/** Parameters that this script sets. */
const SCRIPT_VALUES = ['ApiCodeKey', 'RefreshCodeKey', 'PageSources', 'CertificateArn', 'Revision'];

/** CloudFront needs minutes until all its locations know a new distribution, milliseconds. */
const READY_LIMIT_MS = 10 * 60_000;

/**
 * Deploys everything: first the bucket, because the code is uploaded to it, then the rest in one change set, then the page and
 * the first release. Skips whatever is already deployed, so a failed deployment can be repeated.
 * @throws OperatorError with what failed and why
 */
export async function deploy(clients: Clients, input: DeployInput): Promise<void> {
  const { stack: name, caller, print, dist, confirm } = input;
  const { cloudFormation, s3, lambda, api } = clients;
  const template = readTemplate(input.template);
  const { token, overrides: withoutToken } = separateAppToken(name, input.overrides);
  const city = input.cityFile === undefined ? null : readCityPackage(dist, input.cityFile, withoutToken);
  const overrides = toAsciiValues(city ? new Map([...withoutToken, ['City', city.id]]) : withoutToken);
  const [apiPackage, refreshPackage] = await Promise.all([
    readLambdaPackage('lambda', dist),
    readLambdaPackage('refresh', dist, city?.files),
  ]);
  const current = await describeStack(cloudFormation, name);
  const step = deploymentStep(name, current);
  const deployed = step === 'update' ? (current?.parameters ?? {}) : {};
  // A domain has a name of its own in the region, which suits the name of a stack.
  const defaults = new Map([['OpenSearchDomainName', name]]);
  const values = resolveParameters(template, overrides, deployed, defaults);
  checkParameters(name, values, deployed);
  if (!city) checkBuiltIn(values.get('City') ?? '');
  checkEdgeOptions(values, caller.region);
  const builtFiles = await builtPage(dist);
  values.set('ApiCodeKey', apiPackage.key).set('RefreshCodeKey', refreshPackage.key);
  values.set('PageSources', pageSources(builtFiles));

  let ids = step === 'update' ? await resourceIds(cloudFormation, name) : new Map<string, string>();
  // After a first deployment that failed, the stack may have all parameters but only its bucket.
  const isNew = !ids.has('ApiFunction');
  const tilesUrl = values.get('TilesUrl') ?? '';
  const warnings = await checkDeployment(clients, { stack: name, caller, values, deployed, isNew });
  for (const warning of warnings) print(`warning: ${warning}`);
  const hostName = { ...input, overrides, region: caller.region, deployed };
  values.set('CertificateArn', await provideCertificate(clients, values, hostName));
  const revision = revisionOf(template, values);
  values.set('Revision', revision);
  const given = new Set([...overrides.keys(), ...SCRIPT_VALUES]);
  const basemap = await readBasemap(s3, ids.get('Bucket'), { tilesUrl, dataDirectory: input.dataDirectory });
  if (isNew) {
    print(describeCreation(template, values));
    if (!(await confirm(`Create the stack ${name} with all of this?`))) throw new OperatorError('nothing was created');
  }
  if (step !== 'update') {
    if (step === 'remake') await deleteStack(cloudFormation, current?.id ?? name, input);
    print('creating the bucket first:');
    await changeStack(cloudFormation, {
      input,
      type: 'CREATE',
      template: bucketOnly(template),
      parameters: toParameters(values, given, {}),
    });
    ids = await resourceIds(cloudFormation, name);
  }
  const bucket = ids.get('Bucket');
  if (!bucket) throw new OperatorError(`the stack ${name} has no bucket: \`npm run deploy\` did not create this stack`);

  const isUpToDate = !isNew && deployed.Revision === revision;
  if (!isUpToDate) {
    const cityOrPath = input.cityFile ?? values.get('City') ?? '';
    let from = '';
    const loadRelease = async () => {
      const release = await bundledRelease(s3, bucket, { dist, city: cityOrPath, sample: input.sample, print });
      from = release.from;
      return release.files;
    };
    const { outcome, leftOut } = await uploadLambdaPackage(s3, bucket, apiPackage, loadRelease);
    print(`API code ${outcome}: ${apiPackage.key}`);
    if (outcome === 'uploaded') print(describeBundle(from, leftOut));
    const refreshUpload = await uploadLambdaPackage(s3, bucket, refreshPackage, async () => new Map());
    print(`refresh code ${refreshUpload.outcome}: ${refreshPackage.key}`);
  }
  const page = new Map([...builtFiles, ...basemap, ...errorPages()]);
  const isChanged = isUpToDate
    ? false
    : await changeStack(cloudFormation, {
        input,
        type: 'UPDATE',
        template: withRevision(template, revision),
        parameters: toParameters(values, given, deployed),
        // The operator has already confirmed a new stack as a whole.
        confirmDiff: isNew
          ? undefined
          : (diff) => {
              print(`${diff}\n${describeChange(template, values, deployed)}`);
              return confirm(`Change the stack ${name} like this?`);
            },
      });
  const { outputs, isProtected = false } = (await describeStack(cloudFormation, name)) ?? {};
  const { Url: url, EdgeName: edge } = outputs ?? {};
  const protection = await updateProtection(cloudFormation, {
    stack: name,
    isProtected,
    from: deployed.Environment ?? '',
    to: values.get('Environment') ?? '',
  });
  if (protection) print(protection);
  if (token !== undefined) {
    await storeAppToken(api, name, token);
    print(token === '' ? 'the app token is deleted' : 'the app token is stored in SSM Parameter Store, encrypted');
  }
  const hasNewBudget = await applyBudget(clients, { ...caller, stack: name }, { plan: plannedBudget(values), print });
  await deleteOtherCertificates(clients, values, hostName);
  const uploaded = await uploadPage(s3, bucket, withShareImage(page, url ?? ''));
  if (uploaded.length > 0) print(`page: ${uploaded.length} ${uploaded.length === 1 ? 'file' : 'files'} uploaded`);
  const hasRelease = await objectExists(s3, bucket, 'data/current.json');
  const mustLoad = !hasRelease || input.refresh || startsUsingCluster(values, deployed);
  const isUntouched = !isChanged && uploaded.length === 0 && !protection && token === undefined && !hasNewBudget;
  if (isUntouched && !mustLoad) print('Nothing has changed: nothing was deployed.');
  let refreshError: Error | undefined;
  if (mustLoad) {
    print('loading the data…');
    const result = await invokeRefresh(lambda, name, {}).catch((error: Error) => {
      refreshError = error;
      return undefined;
    });
    if (result) print(`data ${result.outcome}: ${result.version}, ${result.branches} locations`);
  }
  if (input.wait) {
    if (!edge) throw new OperatorError(`the stack ${name} has no output EdgeName`);
    // CloudFront's own name, because the DNS record of a custom one may not exist yet.
    print(`waiting for https://${edge}/readyz`);
    await waitUntilReady(`https://${edge}`, { limitMs: READY_LIMIT_MS, everyMs: 5_000, print });
  }
  if (refreshError) {
    throw new OperatorError(
      `everything is deployed, but ${refreshError.message}. The API answers from an earlier release, if it has one; try \`npm run refresh\``,
    );
  }
  if (url) print(`Curbside: ${url}`);
  const host = values.get('DomainName');
  if (host && !values.get('HostedZone'))
    print(`${host} needs a DNS record that points to ${edge} (CNAME or alias); this script does not check it`);
}

type ChangeInput = Pick<ChangeSetInput, 'type' | 'template' | 'parameters'> & {
  readonly input: DeployInput;
  /** Called with the diff before anything changes. */
  readonly confirmDiff?: ((diff: string) => Promise<boolean>) | undefined;
};

/** @returns whether there was anything to change */
async function changeStack(
  client: CloudFormationClient,
  { input, type, template, parameters, confirmDiff }: ChangeInput,
): Promise<boolean> {
  const { stack, print, pollMs } = input;
  const changeSet = await createChangeSet(client, { stack, type, template, parameters, pollMs });
  if (!changeSet) return false;
  const diff = formatDiff(changeSet.changes);
  if (confirmDiff && !(await confirmDiff(diff))) {
    await deleteChangeSet(client, stack, changeSet.id);
    throw new OperatorError('nothing was changed');
  }
  if (!confirmDiff) print(diff);
  const id = (await describeStack(client, stack))?.id ?? stack;
  const after = await newestEventId(client, id);
  await executeChangeSet(client, stack, changeSet.id);
  await watchStack(client, { id, after, pollMs, print });
  return true;
}

async function deleteStack(client: CloudFormationClient, id: string, { pollMs, print }: DeployInput): Promise<void> {
  print('deleting what is left of the failed first deployment');
  const after = await newestEventId(client, id);
  await client.send(new DeleteStackCommand({ StackName: id }));
  await watchStack(client, { id, after, pollMs, print });
}
