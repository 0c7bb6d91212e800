import { readableValue } from './ascii-values.ts';
import { priceSummary } from './cost.ts';
import { shortTypeName } from './diff.ts';
import { OperatorError } from './operator-error.ts';
import type { Template } from './read-template.ts';

type ParameterValues = ReadonlyMap<string, string>;

/** Parameters that the deploy script sets itself. */
const SCRIPT_PARAMETERS = /^(Revision|.*CodeKey)$/;

/** The only instance type in the price table. */
const PRICED_INSTANCE = 't3.small.search';

/**
 * Rejects combinations of parameters that cannot work, before anything is created.
 * @param deployed the stack's current parameters; empty for a new stack @throws OperatorError
 */
export function checkParameters(
  name: string,
  values: ParameterValues,
  deployed: Readonly<Record<string, string>>,
): void {
  const [host, certificate] = [values.get('DomainName') ?? '', values.get('CertificateArn') ?? ''];
  const zone = values.get('HostedZone') ?? '';
  if (host !== '' && certificate === '' && zone === '') {
    throw new OperatorError(
      `DomainName=${host} needs CertificateArn too: the ARN of its ACM certificate in us-east-1 (--set CertificateArn=…), or HostedZone: the id of its zone in Route 53, and this script makes the certificate`,
    );
  }
  if (zone !== '' && host === '') {
    throw new OperatorError(`HostedZone=${zone} needs DomainName too: a host name in that zone (--set DomainName=…)`);
  }
  const [currentCity, city] = [firstOf(deployed.City), firstOf(values.get('City'))];
  if (currentCity && city && currentCity !== city) {
    throw new OperatorError(
      `the stack ${name} serves ${currentCity}, whose releases are where the API reads those of its first city: name ${currentCity} first, or deploy ${city} as another stack (--stack NAME)`,
    );
  }
}

/** The first city of the parameter `City`. */
function firstOf(cities: string | undefined): string | undefined {
  return cities?.split(',')[0];
}

/** Describes a new stack: its resources, its parameters and its price. */
export function describeCreation(template: Template, values: ParameterValues): string {
  const counts = new Map<string, number>();
  for (const type of template.resourcesFor(values).values()) counts.set(type, (counts.get(type) ?? 0) + 1);
  const resources = [...counts]
    .map(([type, count]) => `${count > 1 ? `${count} x ` : ''}${shortTypeName(type)}`)
    .sort();
  const shown = [...values].filter(([name, value]) => value !== '' && isShown(name));
  return [
    `Will create: ${resources.join(', ')}`,
    `With: ${shown.map(([name, value]) => `${name}=${readableValue(value)}`).join(', ')}`,
    priceOf(template, values),
    ...warnings(values),
  ].join('\n');
}

/** Describes the parameters that change, and the price of the changed stack. The change set lists the resources. */
export function describeChange(
  template: Template,
  values: ParameterValues,
  deployed: Readonly<Record<string, string>>,
): string {
  const changed = [...values].flatMap(([name, value]) => {
    const current = deployed[name] ?? '';
    if (current === value || !isShown(name)) return [];
    return [`  ${name}: ${readableValue(current) || 'nothing'} → ${readableValue(value) || 'nothing'}`];
  });
  const notes = [...removedCities(values, deployed), ...warnings(values)];
  return [...changed, priceOf(template, values), ...notes].join('\n');
}

function removedCities(values: ParameterValues, deployed: Readonly<Record<string, string>>): string[] {
  const served = (values.get('City') ?? '').split(',');
  const removed = (deployed.City ?? '').split(',').filter((id) => id !== '' && !served.includes(id));
  return removed.map((id) => `${id} will not be served any more; its releases stay in the bucket, below cities/${id}/`);
}

function isShown(name: string): boolean {
  return !SCRIPT_PARAMETERS.test(name);
}

function priceOf(template: Template, values: ParameterValues): string {
  const types = new Set(template.resourcesFor(values).values());
  const hasCluster = types.has('AWS::OpenSearchService::Domain');
  const instance = values.get('OpenSearchInstanceType') ?? '';
  const isPriced = hasCluster && instance === PRICED_INSTANCE;
  const summary = priceSummary({
    apiMemoryMb: Number(values.get('ApiMemoryMb')),
    ownCluster: isPriced,
    dashboard: types.has('AWS::CloudWatch::Dashboard'),
    metrics: values.get('WithMetrics') === 'yes',
    firewall: types.has('AWS::WAFv2::WebACL'),
  });
  if (!hasCluster || isPriced) return summary;
  return `${summary}\n  plus a cluster of one ${instance}, billed by the hour; its price is not known here: see https://aws.amazon.com/opensearch-service/pricing/`;
}

function warnings(values: ParameterValues): string[] {
  if (values.get('AlertEmail')) return [];
  return ['Alarms notify nobody, and there is no budget. To change that: --set AlertEmail=you@example.org'];
}

/** Whether a deployment switches the stack to a cluster that it has not used before, so the cluster has no release yet. */
export function startsUsingCluster(values: ParameterValues, deployed: Readonly<Record<string, string>>): boolean {
  if (values.get('Profile') !== 'opensearch') return false;
  const names = ['Profile', 'OpenSearchEndpoint', 'OpenSearchDomainName'];
  return names.some((name) => values.get(name) !== deployed[name]);
}
