/**
 * Month of these AWS list prices for US East (N. Virginia), in US dollars. They were written from knowledge of AWS's price
 * pages; only Lambda's were compared with a published copy, and none with a bill. They leave out other regions, taxes and
 * later changes: check each at its `source`.
 */
export const PRICES_OF = '2026-03';

export type Price = {
  /** Price of one `unit`. */
  readonly usd: number;
  readonly unit: string;
  /** Units a month that are free for every account, without a time limit. */
  readonly free: number;
  readonly source: string;
};

const page = (path: string) => `https://aws.amazon.com/${path}/pricing/`;

export const PRICES = {
  calls: { usd: 0.2e-6, unit: 'API calls on Lambda', free: 1e6, source: page('lambda') },
  compute: { usd: 13.3334e-6, unit: 'GB-seconds on Lambda, arm64', free: 400_000, source: page('lambda') },
  edgeRequests: { usd: 1e-6, unit: 'HTTPS requests at CloudFront', free: 10e6, source: page('cloudfront') },
  edgeFunctions: { usd: 1e-7, unit: 'calls of a CloudFront function', free: 2e6, source: page('cloudfront') },
  edgeGigabytes: { usd: 0.085, unit: 'GB from CloudFront', free: 1024, source: page('cloudfront') },
  logGigabytes: { usd: 0.5, unit: 'GB of logs ingested', free: 5, source: page('cloudwatch') },
  alarms: { usd: 0.1, unit: 'alarms', free: 10, source: page('cloudwatch') },
  metrics: { usd: 0.3, unit: 'custom metrics', free: 10, source: page('cloudwatch') },
  dashboards: { usd: 3, unit: 'dashboards', free: 3, source: page('cloudwatch') },
  firewalls: { usd: 6, unit: 'web ACLs of AWS WAF with one rule', free: 0, source: page('waf') },
  firewallRequests: { usd: 0.6e-6, unit: 'requests that AWS WAF inspects', free: 0, source: page('waf') },
  storedGigabytes: { usd: 0.023, unit: 'GB stored in S3', free: 0, source: page('s3') },
  reads: { usd: 0.4e-6, unit: 'reads from S3', free: 0, source: page('s3') },
  writes: { usd: 5e-6, unit: 'writes to S3', free: 0, source: page('s3') },
  clusterHours: { usd: 0.036, unit: 'hours of one t3.small.search', free: 0, source: page('opensearch-service') },
  clusterGigabytes: { usd: 0.122, unit: 'GB of gp3 disk of the cluster', free: 0, source: page('opensearch-service') },
} as const satisfies Record<string, Price>;

export type Item = keyof typeof PRICES;
