import type { AwsCredentials, ClusterAuth, ClusterSettings } from '../engine/opensearch/client.ts';
import type { ClusterKey, SettingValues } from './settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The settings of a cluster's client, secrets included.
 * @param env has the AWS keys, under the names that all AWS tools use
 * @param faults gets a sentence for each missing setting; the result is then unusable
 */
export function clusterSettings(
  values: Pick<SettingValues, ClusterKey>,
  env: Environment,
  faults: string[],
): ClusterSettings {
  const { opensearchUrl: url, opensearchAlias: alias, opensearchCa: caFile } = values;
  const { opensearchTimeoutMs: timeoutMs, opensearchBudgetMs: budgetMs } = values;
  if (url === null) {
    faults.push('--engine opensearch needs --opensearch-url or OPENSEARCH_URL, such as http://127.0.0.1:9200');
  }
  return { url: url ?? '', alias, auth: clusterAuth(values, env, faults), caFile, timeoutMs, budgetMs };
}

function clusterAuth(
  {
    opensearchAuth,
    opensearchUsername: username,
    opensearchPassword: password,
    awsRegion,
  }: Pick<SettingValues, ClusterKey>,
  env: Environment,
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

/** `null`: the client looks for keys itself. As with AWS's own tools, a named profile wins over keys in the environment. */
function awsKeys(env: Environment): AwsCredentials | null {
  if (env.AWS_PROFILE) return null;
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: token } = env;
  if (!accessKeyId || !secretAccessKey) return null;
  return { accessKeyId, secretAccessKey, ...(token ? { sessionToken: token } : {}) };
}
