import { priceLevels } from './cost.ts';
import { shortType } from './diff.ts';
import { OperatorError } from './operator-error.ts';
import type { Template } from './read-template.ts';

type Values = ReadonlyMap<string, string>;

/** Parameters that this script fills in by itself. */
const OWN = /^(Revision|.*CodeKey)$/;

/** The instance whose price is in the table. */
const PRICED_INSTANCE = 't3.small.search';

/**
 * Refuses values that cannot work together, before anything is made of them.
 * @param deployed values of the stack as it is; empty when it is new @throws Refusal
 */
export function checkValues(name: string, values: Values, deployed: Readonly<Record<string, string>>): void {
  const [host, certificate] = [values.get('DomainName') ?? '', values.get('CertificateArn') ?? ''];
  if (host !== '' && certificate === '') {
    throw new OperatorError(
      `DomainName=${host} needs CertificateArn too: the ARN of a certificate for it in ACM in us-east-1 (--set CertificateArn=…)`,
    );
  }
  const [before, now] = [deployed.City, values.get('City')];
  if (before && now && before !== now) {
    throw new OperatorError(
      `the stack ${name} answers for ${before}; releases of two cities do not mix: deploy ${now} as a stack of its own (--stack NAME)`,
    );
  }
}

/** What would be made, with which values, and what it costs. */
export function firstPlan(template: Template, values: Values): string {
  const counts = new Map<string, number>();
  for (const type of template.made(values).values()) counts.set(type, (counts.get(type) ?? 0) + 1);
  const list = [...counts].map(([type, count]) => `${count > 1 ? `${count} x ` : ''}${shortType(type)}`).sort();
  const shown = [...values].filter(([name, value]) => value !== '' && !OWN.test(name) && !template.secret.has(name));
  return [
    `Will create: ${list.join(', ')}`,
    `With: ${shown.map(([name, value]) => `${name}=${value}`).join(', ')}`,
    priceOf(template, values),
    ...warnings(values),
  ].join('\n');
}

/** Which parameters change and what the whole costs then; the change set says which resources. */
export function changePlan(template: Template, values: Values, deployed: Readonly<Record<string, string>>): string {
  const changed = [...values].flatMap(([name, value]) => {
    const before = deployed[name] ?? '';
    if (before === value || OWN.test(name) || template.secret.has(name)) return [];
    return [`  ${name}: ${before || 'nothing'} → ${value || 'nothing'}`];
  });
  return [...changed, priceOf(template, values), ...warnings(values)].join('\n');
}

function priceOf(template: Template, values: Values): string {
  const hasCluster = [...template.made(values).values()].includes('AWS::OpenSearchService::Domain');
  const instance = values.get('OpenSearchInstanceType') ?? '';
  const isPriced = hasCluster && instance === PRICED_INSTANCE;
  const levels = priceLevels({ apiMemoryMb: Number(values.get('ApiMemoryMb')), ownCluster: isPriced });
  if (!hasCluster || isPriced) return levels;
  return `${levels}\n  and the cluster of one ${instance}, by the hour, whose price is not known here: see https://aws.amazon.com/opensearch-service/pricing/`;
}

function warnings(values: Values): string[] {
  if (values.get('AlertEmail')) return [];
  return ['Nobody will hear of alarms, and there is no budget: --set AlertEmail=you@example.org changes that.'];
}

/** Whether a stack is to search in a cluster that it did not search in before, which has no release of its yet. */
export function turnsToCluster(values: Values, deployed: Readonly<Record<string, string>>): boolean {
  if (values.get('Profile') !== 'opensearch') return false;
  const names = ['Profile', 'OpenSearchEndpoint', 'OpenSearchDomainName'];
  return names.some((name) => values.get(name) !== deployed[name]);
}
