import { OperatorError } from './operator-error.ts';
import type { SignedApi } from './signed-api.ts';

/** The parts of a domain's description that decide whether the functions can use it. */
type DomainStatus = {
  readonly ARN?: string;
  readonly Endpoint?: string;
  readonly EndpointV2?: string;
  readonly EngineVersion?: string;
  readonly VPCOptions?: { readonly VPCId?: string };
  readonly AdvancedSecurityOptions?: { readonly Enabled?: boolean };
  readonly DomainEndpointOptions?: { readonly CustomEndpoint?: string };
};

/**
 * Checks that the functions can reach and use an existing domain of OpenSearch Service.
 * @returns what the operator has to do in the domain itself, or `undefined` @throws OperatorError if the functions cannot use it
 */
export async function checkDomain(
  api: SignedApi,
  { stack, name, endpoint }: { stack: string; name: string; endpoint: string },
): Promise<string | undefined> {
  let domain: DomainStatus;
  try {
    const text = await api({ service: 'es', method: 'GET', path: `/2021-01-01/opensearch/domain/${name}` });
    domain = (JSON.parse(text) as { DomainStatus?: DomainStatus }).DomainStatus ?? {};
  } catch (error) {
    const { name: code, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    if (code === 'ResourceNotFoundException') {
      throw new OperatorError(
        `there is no OpenSearch domain "${name}" in this account and region: --set OpenSearchDomainName=… must be the name of the domain of ${endpoint}, because the functions get permissions by that name`,
      );
    }
    if ($metadata?.httpStatusCode !== 403) throw error;
    return `The domain ${name} was not checked, because these credentials do not allow es:DescribeDomain.`;
  }
  if (domain.VPCOptions?.VPCId) {
    throw new OperatorError(
      `the OpenSearch domain ${name} is in the VPC ${domain.VPCOptions.VPCId}, where the functions cannot reach it: use a domain with public access (signed requests protect it), or leave out OpenSearchEndpoint, so that the stack creates one`,
    );
  }
  if (!domain.EngineVersion?.startsWith('OpenSearch_')) {
    throw new OperatorError(
      `the domain ${name} runs ${domain.EngineVersion ?? 'an unknown engine'}: Curbside needs OpenSearch`,
    );
  }
  const hosts = [domain.Endpoint, domain.EndpointV2, domain.DomainEndpointOptions?.CustomEndpoint].flatMap(
    (host) => host ?? [],
  );
  const { host } = new URL(endpoint);
  if (hosts.length > 0 && !hosts.includes(host)) {
    throw new OperatorError(
      `${host} is not an endpoint of the OpenSearch domain ${name}, which has ${hosts.map((one) => `https://${one}`).join(' and ')}`,
    );
  }
  if (!domain.AdvancedSecurityOptions?.Enabled) return undefined;
  return `The domain ${name} has fine-grained access control, so IAM alone does not suffice: after this deployment, map the roles of both functions (\`aws cloudformation describe-stack-resources --stack-name ${stack}\`: ApiRole and RefreshRole) to a role of OpenSearch that may use curbside*, in its dashboard under Security, Roles, Mapped users. Then run \`npm run refresh\`. Until then, the API answers from its own copy.`;
}
