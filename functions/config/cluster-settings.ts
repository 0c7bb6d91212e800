import type { AwsCredentials, ClusterAuth, ClusterSettings } from '../engine/opensearch/client.ts';
import { matchingText, oneOf, type ValueParser } from '../model/value-parsers.ts';

const text = (pattern: RegExp) => matchingText({ pattern });
const UNITS_MS = { ms: 1, s: 1000, m: 60_000 } as const;
const duration: ValueParser<number> = (said) => {
  const [, digits, unit] = /^([1-9]\d{0,3})(ms|s|m)$/.exec(said) ?? [];
  return unit === undefined ? undefined : Number(digits) * UNITS_MS[unit as keyof typeof UNITS_MS];
};

/** `off` is `null`. */
const patience: ValueParser<number | null> = (said) => (said === 'off' ? null : duration(said));

/** Settings of a cluster; rows of the table in {@link config.ts}. */
export const CLUSTER_SETTINGS = {
  opensearchUrl: {
    flag: 'opensearch-url',
    env: 'OPENSEARCH_URL',
    default: null,
    read: text(/^https?:\/\/[^\s/]+\/?$/),
    expects: 'an http(s) URL without a path',
    help: 'Where the OpenSearch cluster is, for `--engine opensearch`.',
  },
  opensearchAlias: {
    flag: 'opensearch-alias',
    env: 'OPENSEARCH_ALIAS',
    default: 'curbside',
    read: text(/^[a-z0-9][a-z0-9_-]{0,60}$/),
    expects: 'small letters, digits, - and _',
    help: 'Alias of the current release; the indices behind it begin with this name.',
  },
  opensearchAuth: {
    flag: 'opensearch-auth',
    env: 'OPENSEARCH_AUTH',
    default: null,
    read: oneOf(['none', 'basic', 'sigv4']),
    expects: 'none, basic or sigv4',
    help: 'How to sign in: `basic` when a user is given, else `none`. `sigv4` is for OpenSearch Service on AWS.',
  },
  opensearchUsername: {
    flag: 'opensearch-username',
    env: 'OPENSEARCH_USERNAME',
    default: null,
    read: matchingText(),
    expects: 'a name',
    help: 'User of the cluster.',
  },
  opensearchPassword: {
    flag: 'opensearch-password',
    env: 'OPENSEARCH_PASSWORD',
    default: null,
    read: matchingText(),
    expects: 'a password',
    help: 'Password of that user; better as a variable, because others can read a command line.',
  },
  opensearchCa: {
    flag: 'opensearch-ca',
    env: 'OPENSEARCH_CA',
    default: null,
    read: matchingText(),
    expects: 'a path',
    help: "Certificate (PEM) that signs the cluster's own.",
  },
  opensearchTimeoutMs: {
    flag: 'opensearch-timeout',
    env: 'OPENSEARCH_TIMEOUT',
    default: '5s',
    read: duration,
    expects: 'a number with ms, s or m (800ms, 5s)',
    help: 'After which a request to the cluster is given up.',
  },
  waitMs: {
    flag: 'wait',
    env: 'WAIT',
    default: '60s',
    read: patience,
    expects: 'a number with ms, s or m (60s, 2m), or off',
    help: 'How long to wait for the cluster at the start; `off`: a server begins at once, with its own copy of the data, and leaves filling the cluster to `npm run seed`.',
  },
  awsRegion: {
    flag: 'aws-region',
    env: 'AWS_REGION',
    default: null,
    read: text(/^[a-z0-9-]+$/),
    expects: 'a region such as us-west-2',
    help: 'Region of the cluster, for `sigv4`.',
  },
} as const;

/** The values of those settings. */
export type ClusterValues = {
  readonly opensearchUrl: string | null;
  readonly opensearchAlias: string;
  readonly opensearchAuth: 'none' | 'basic' | 'sigv4' | null;
  readonly opensearchUsername: string | null;
  readonly opensearchPassword: string | null;
  readonly opensearchCa: string | null;
  readonly opensearchTimeoutMs: number;
  readonly awsRegion: string | null;
};

/** A text without the user and password of a URL in it: they are not for logs. */
export function withoutUser(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//…@');
}

/**
 * Parts values into what a cluster's client needs (`null` with another engine), secrets included, and the rest. `faults`
 * gets a sentence for each setting that is missing; the answer is then of no use.
 */
export function clusterSettings<Values extends ClusterValues & { readonly engine: string }>(
  values: Values,
  env: Readonly<Record<string, string | undefined>>,
  faults: string[],
): { readonly cluster: ClusterSettings | null; readonly rest: Omit<Values, keyof ClusterValues> } {
  const { opensearchUrl: url, opensearchAlias: alias, opensearchTimeoutMs: timeoutMs, opensearchCa: caFile } = values;
  const own: readonly string[] = Object.keys(CLUSTER_SETTINGS).filter((key) => key !== 'waitMs');
  const others = Object.entries(values).filter(([key]) => !own.includes(key));
  const rest = Object.fromEntries(others) as unknown as Omit<Values, keyof ClusterValues>;
  // A setting of this engine that is wrong is said in any case; one that is missing only when it is asked for.
  if (values.engine !== 'opensearch' || faults.length > 0) return { cluster: null, rest };
  if (url === null) {
    faults.push('--engine opensearch needs --opensearch-url or OPENSEARCH_URL, such as http://127.0.0.1:9200');
  }
  return { cluster: { url: url ?? '', alias, auth: authOf(values, env, faults), caFile, timeoutMs }, rest };
}

function authOf(
  { opensearchAuth, opensearchUsername: username, opensearchPassword: password, awsRegion }: ClusterValues,
  /** Has the keys of AWS, under the names that all its tools read. */
  env: Readonly<Record<string, string | undefined>>,
  faults: string[],
): ClusterAuth {
  const kind = opensearchAuth ?? (username === null ? 'none' : 'basic');
  switch (kind) {
    case 'none':
      return { kind };
    case 'basic':
      if (username === null || password === null) {
        faults.push('OPENSEARCH_AUTH=basic needs OPENSEARCH_USERNAME and OPENSEARCH_PASSWORD');
      }
      return { kind, username: username ?? '', password: password ?? '' };
    case 'sigv4':
      if (awsRegion === null) faults.push('OPENSEARCH_AUTH=sigv4 needs --aws-region or AWS_REGION');
      return { kind, region: awsRegion ?? '', credentials: awsKeys(env) };
  }
}

/** `null`: the client looks for them. A profile that is named wins over keys, as with AWS's own tools. */
function awsKeys(env: Readonly<Record<string, string | undefined>>): AwsCredentials | null {
  if (env.AWS_PROFILE) return null;
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: token } = env;
  if (!accessKeyId || !secretAccessKey) return null;
  return { accessKeyId, secretAccessKey, ...(token ? { sessionToken: token } : {}) };
}
