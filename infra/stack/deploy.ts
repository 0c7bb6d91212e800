import { separateAppToken, storeAppToken } from './app-token.ts';
import { toAsciiValues } from './ascii-values.ts';
import { builtPage, uploadPage, withShareImage } from './assets.ts';
import { applyBudget, plannedBudget } from './budget.ts';
import { checkParameters, describeChange, describeCreation, startsUsingCluster } from './change-plan.ts';
import { changeStack, deleteRemains } from './change-stack.ts';
import type { Caller, Clients } from './clients.ts';
import { checkDeployment } from './deploy-checks.ts';
import { deploymentStep, describeStack, resourceIds } from './describe-stack.ts';
import { checkEdgeOptions } from './edge-options.ts';
import { errorPages } from './error-pages.ts';
import { deleteOtherCertificates, provideCertificate } from './host-name.ts';
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
import { citiesWithoutData, refreshCities } from './refresh-cities.ts';
import { cityNames, readStackCities } from './stack-cities.ts';
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
  /** Ids of built-in cities, and paths of the files of others; none: those of the parameter `City`. */
  readonly cities: readonly string[];
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
const SCRIPT_VALUES = ['ApiCodeKey', 'RefreshCodeKey', 'City', 'PageSources', 'CertificateArn', 'Revision'];

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
  const overrides = toAsciiValues(withoutToken);
  const current = await describeStack(cloudFormation, name);
  const step = deploymentStep(name, current);
  const deployed = step === 'update' ? (current?.parameters ?? {}) : {};
  // A domain has a name of its own in the region, which suits the name of a stack.
  const defaults = new Map([['OpenSearchDomainName', name]]);
  const values = resolveParameters(template, overrides, deployed, defaults);
  const tilesUrl = values.get('TilesUrl') ?? '';
  const parameter = values.get('City') ?? '';
  const names = cityNames(input.cities, { set: overrides.get('City'), parameter });
  const cities = readStackCities(dist, names, tilesUrl);
  values.set('City', cities.ids.join(','));
  checkParameters(name, values, deployed);
  checkEdgeOptions(values, caller.region);
  const [apiPackage, refreshPackage, builtFiles] = await Promise.all([
    readLambdaPackage('lambda', dist, cities.apiFiles),
    readLambdaPackage('refresh', dist, cities.refreshFiles),
    builtPage(dist),
  ]);
  values.set('ApiCodeKey', apiPackage.key).set('RefreshCodeKey', refreshPackage.key);
  values.set('PageSources', cities.pageSources);

  let ids = step === 'update' ? await resourceIds(cloudFormation, name) : new Map<string, string>();
  // After a first deployment that failed, the stack may have all parameters but only its bucket.
  const isNew = !ids.has('ApiFunction');
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
    if (step === 'remake') await deleteRemains(cloudFormation, current?.id ?? name, input);
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
    let from = '';
    const loadRelease = async () => {
      const release = await bundledRelease(s3, bucket, { dist, city: cities.first, sample: input.sample, print });
      from = release.from;
      return release.files;
    };
    const { outcome, leftOut } = await uploadLambdaPackage(s3, bucket, apiPackage, loadRelease);
    print(`API code ${outcome}: ${apiPackage.key}`);
    if (outcome === 'uploaded') print(describeBundle(from, leftOut));
    const refreshUpload = await uploadLambdaPackage(s3, bucket, refreshPackage, async () => new Map());
    print(`refresh code ${refreshUpload.outcome}: ${refreshPackage.key}`);
  }
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
  const startPages = withShareImage(cities.pages, url ?? '');
  const page = new Map([...builtFiles, ...basemap, ...errorPages(), ...startPages]);
  const uploaded = await uploadPage(s3, bucket, page);
  if (uploaded.length > 0) print(`page: ${uploaded.length} ${uploaded.length === 1 ? 'file' : 'files'} uploaded`);
  const mustLoadAll = input.refresh || startsUsingCluster(values, deployed);
  const toLoad = mustLoadAll ? cities.ids : await citiesWithoutData(s3, bucket, cities.ids);
  const isUntouched = !isChanged && uploaded.length === 0 && !protection && token === undefined && !hasNewBudget;
  if (isUntouched && toLoad.length === 0) print('Nothing has changed: nothing was deployed.');
  if (toLoad.length > 0) print('loading the data…');
  const refreshError = await refreshCities(lambda, { stack: name, all: cities.ids, print }, toLoad, {}).then(
    () => undefined,
    (error: Error) => error,
  );
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
