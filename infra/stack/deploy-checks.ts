import { checkCloudFront, checkConcurrency, checkPlace } from './account-checks.ts';
import type { Caller, Clients } from './clients.ts';
import { checkDomain } from './opensearch-domain.ts';

export type DeployCheck = {
  readonly stack: string;
  readonly caller: Caller;
  /** Parameters to be deployed. */
  readonly values: ReadonlyMap<string, string>;
  /** The deployed ones; empty for a new stack. */
  readonly deployed: Readonly<Record<string, string>>;
  /** Whether the deployment creates the distribution. */
  readonly isNew: boolean;
};

/**
 * Checks, before anything is created, whether the account, the region and an existing cluster allow the deployment.
 * @returns warnings @throws OperatorError with what to do
 */
export async function checkDeployment(
  { lambda, api }: Clients,
  { stack, caller, values, deployed, isNew }: DeployCheck,
): Promise<string[]> {
  checkPlace(caller);
  if (isNew) await checkCloudFront(api);
  const numberOf = (text: string | undefined) => Number(text ?? 0);
  const reserved = numberOf(values.get('ReservedConcurrency'));
  const concurrency = await checkConcurrency(lambda, { reserved, deployed: numberOf(deployed.ReservedConcurrency) });
  const endpoint = values.get('OpenSearchEndpoint') ?? '';
  const usesDomain = values.get('Profile') === 'opensearch' && endpoint !== '';
  const name = values.get('OpenSearchDomainName') ?? '';
  const domain = usesDomain ? await checkDomain(api, { stack, name, endpoint }) : undefined;
  return [concurrency, domain].flatMap((line) => line ?? []);
}
