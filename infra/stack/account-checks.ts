import { GetAccountSettingsCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { Caller } from './clients.ts';
import { OperatorError } from './operator-error.ts';
import type { SignedApi } from './signed-api.ts';

/**
 * Regions without Lambda function URLs (November 2026), by
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html; Mexico by cfn-lint 1.51.
 */
const REGIONS_WITHOUT_URLS = new Set([
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'mx-central-1',
]);

/** Concurrent calls that AWS keeps for functions without a reservation. A new account has fewer than that in all. */
const UNRESERVED_MINIMUM = 100;

const QUOTA_COMMAND =
  'aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000';

/** Explains what to do about CloudFront's refusal of an account that AWS has not verified yet. */
export const UNVERIFIED_ADVICE =
  'AWS has not verified this account for CloudFront yet. Open a case at https://console.aws.amazon.com/support/home#/ (account and billing support, which is free), quote this message, and deploy again when AWS has answered';

export const UNVERIFIED = /account must be verified before you can add/i;

/** Refuses a place in which the stack cannot work. @throws OperatorError */
export function checkPlace({ arn, region }: Pick<Caller, 'arn' | 'region'>): void {
  const partition = arn.split(':')[1] ?? '';
  if (partition !== 'aws') {
    throw new OperatorError(
      `these credentials are for the partition ${partition}, where CloudFront, its certificates and its policies differ: Curbside deploys only to the partition aws. Use an account of AWS's commercial regions, or run the container of infra/README.md`,
    );
  }
  if (REGIONS_WITHOUT_URLS.has(region)) {
    throw new OperatorError(
      `the region ${region} has no Lambda function URLs, which the API needs: choose another one, such as AWS_REGION=us-east-1 or eu-central-1. CloudFront serves all countries from any of them`,
    );
  }
}

export type ConcurrencyInput = {
  /** `ReservedConcurrency` to be deployed; 0 for none. */
  readonly reserved: number;
  /** The deployed one, which counts as free. */
  readonly deployed: number;
};

/**
 * Compares the account's limit of concurrent function calls with what the stack reserves.
 * @returns a warning, or `undefined` @throws OperatorError if Lambda would refuse the reservation
 */
export async function checkConcurrency(
  lambda: LambdaClient,
  { reserved, deployed }: ConcurrencyInput,
): Promise<string | undefined> {
  const { AccountLimit } = (await lambda.send(new GetAccountSettingsCommand({})).catch(ignoreRefusal)) ?? {};
  const { ConcurrentExecutions: limit, UnreservedConcurrentExecutions: unreserved } = AccountLimit ?? {};
  if (limit === undefined || unreserved === undefined) return undefined;
  const free = Math.max(0, unreserved + deployed - UNRESERVED_MINIMUM);
  if (reserved > free) {
    throw new OperatorError(
      `ReservedConcurrency=${reserved} is not possible: this account allows ${limit} concurrent function calls, ${free} of them can be reserved, because AWS keeps ${UNRESERVED_MINIMUM} for functions without a reservation. Use --set ReservedConcurrency=${free}, or ask for a higher limit: ${QUOTA_COMMAND}`,
    );
  }
  if (limit >= UNRESERVED_MINIMUM) return undefined;
  return `This account allows only ${limit} concurrent function calls; further ones are refused (429). To raise it, which takes AWS hours or days: ${QUOTA_COMMAND}`;
}

/**
 * Finds out before anything is created whether AWS has verified the account for CloudFront. An account with a distribution is
 * verified. Otherwise, asks for a distribution that CloudFront always refuses, because its cache policy does not exist: the reason
 * of the refusal tells. Whether CloudFront names the missing verification first was never seen; if not, creation fails with it.
 * @throws OperatorError
 */
export async function checkCloudFront(api: SignedApi): Promise<void> {
  const path = '/2020-05-31/distribution';
  const list = await api({ service: 'cloudfront', method: 'GET', path: `${path}?MaxItems=1` }).catch(ignoreRefusal);
  const [, quantity = '0'] = /<Quantity>(\d+)<\/Quantity>/.exec(list ?? '') ?? [];
  if (list === undefined || quantity !== '0') return;
  const headers = { 'Content-Type': 'text/xml' };
  await api({ service: 'cloudfront', method: 'POST', path, headers, body: IMPOSSIBLE_DISTRIBUTION }).catch(
    (error: Error) => {
      if (UNVERIFIED.test(error.message)) throw new OperatorError(`${error.message} ${UNVERIFIED_ADVICE}`);
    },
  );
}

const IMPOSSIBLE_DISTRIBUTION =
  '<DistributionConfig xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><CallerReference>curbside-account-check</CallerReference>' +
  '<Origins><Quantity>1</Quantity><Items><Origin><Id>o</Id><DomainName>example.org</DomainName><CustomOriginConfig><HTTPPort>80</HTTPPort>' +
  '<HTTPSPort>443</HTTPSPort><OriginProtocolPolicy>https-only</OriginProtocolPolicy></CustomOriginConfig></Origin></Items></Origins>' +
  '<DefaultCacheBehavior><TargetOriginId>o</TargetOriginId><ViewerProtocolPolicy>https-only</ViewerProtocolPolicy>' +
  '<CachePolicyId>00000000-0000-0000-0000-000000000000</CachePolicyId></DefaultCacheBehavior>' +
  '<Comment>Curbside: a check that creates nothing</Comment><Enabled>false</Enabled></DistributionConfig>';

/** A check needs permissions that the deployment does not; without them it is left out. Network errors and the like are not ignored. */
function ignoreRefusal(error: Error & { $metadata?: { httpStatusCode?: number } }): undefined {
  if (error.$metadata?.httpStatusCode === undefined) throw error;
  return undefined;
}
