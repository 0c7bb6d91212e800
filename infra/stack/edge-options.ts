import { OperatorError } from './operator-error.ts';

/** Regions that an account has to enable. CloudFront cannot write its logs to buckets there (AWS's documents, 2026-11). */
const OPT_IN_REGIONS = new Set([
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
]);

/** The fewest requests that a rate limit of AWS WAF accepts. */
const MIN_RATE = 10;

/** Rejects switches of CloudFront that do not work in this region, before anything is created. @throws OperatorError */
export function checkEdgeOptions(values: ReadonlyMap<string, string>, region: string): void {
  const rate = Number(values.get('RequestsPerMinute') ?? 0);
  if (rate > 0 && region !== 'us-east-1') {
    throw new OperatorError(
      `RequestsPerMinute=${rate} needs a stack in us-east-1, where AWS keeps the firewall of CloudFront, and this one is in ${region}: create a web ACL for CloudFront in us-east-1 yourself, and set WebAclArn to its ARN`,
    );
  }
  if (rate > 0 && rate < MIN_RATE) {
    throw new OperatorError(`RequestsPerMinute=${rate} is too few: AWS WAF accepts ${MIN_RATE} or more, or 0 for none`);
  }
  if (rate > 0 && values.get('WebAclArn')) {
    throw new OperatorError('RequestsPerMinute and WebAclArn exclude each other: CloudFront has one web ACL');
  }
  if (values.get('WithEdgeLogs') === 'yes' && OPT_IN_REGIONS.has(region)) {
    throw new OperatorError(
      `WithEdgeLogs=yes does not work in ${region}: CloudFront cannot write its logs to buckets there`,
    );
  }
}
