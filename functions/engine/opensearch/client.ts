import { readFile } from 'node:fs/promises';
import type { Client, ClientOptions } from '@opensearch-project/opensearch';
import { EngineError } from '../engine.ts';

/** Access keys of an AWS user or role. */
export type AwsCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When they expire; the signer gets new ones before that. */
  readonly expiration?: Date;
};

/** How the client signs in. */
export type ClusterAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  /** Signed requests, for OpenSearch Service. `null`: credentials that AWS's own tools would find on this machine. */
  | { readonly kind: 'sigv4'; readonly region: string; readonly credentials: AwsCredentials | null };

export type ClusterSettings = {
  /** http or https; a user in it signs in like `basic`. Never print it. */
  readonly url: string;
  readonly alias: string;
  readonly auth: ClusterAuth;
  /** Path of a CA certificate (PEM) to trust in addition to the well-known ones. */
  readonly caFile: string | null;
  /** Timeout of a request, milliseconds. */
  readonly timeoutMs: number;
  /** Time of all requests for one answer, milliseconds. */
  readonly budgetMs: number;
};

/**
 * Creates a client without connecting. It tries each request once: retries are up to the circuit breaker.
 * @throws EngineError when the certificate cannot be read, or when there are no AWS credentials to sign with.
 */
export async function createClient({
  url,
  auth,
  caFile,
  timeoutMs,
}: Omit<ClusterSettings, 'budgetMs'>): Promise<Client> {
  const node = new URL(url);
  const [username, password] = [decodeURIComponent(node.username), decodeURIComponent(node.password)];
  node.username = '';
  node.password = '';
  const options: ClientOptions = { node: node.href, requestTimeout: timeoutMs, maxRetries: 0 };
  // Imported here, so that a bundle has it in a separate chunk of 240 kB, which other chunks do not load.
  const { Client } = exportsOf(await import('@opensearch-project/opensearch'));
  if (caFile !== null) options.ssl = { ca: await readCertificate(caFile) };
  switch (auth.kind) {
    case 'none':
      return new Client(username === '' ? options : { ...options, auth: { username, password } });
    case 'basic':
      return new Client({ ...options, auth: { username: auth.username, password: auth.password } });
    case 'sigv4':
      return new Client({ ...options, ...(await signer(auth)) });
  }
}

async function readCertificate(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new EngineError(`the certificate ${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** The client's own signer. `es` is the name of OpenSearch Service in signatures. */
async function signer({ region, credentials }: ClusterAuth & { kind: 'sigv4' }) {
  const { AwsSigv4Signer } = exportsOf(await import('@opensearch-project/opensearch/aws-v3'));
  const getCredentials = credentials ? async () => ({ ...credentials }) : await defaultCredentials();
  return AwsSigv4Signer({ region, service: 'es', getCredentials });
}

/**
 * Credentials from the places where AWS's tools look: a profile, a sign-in (SSO), a web identity, the role of a container or an
 * instance. The signer asks again before they expire. Imported on demand, because it is larger than all the rest; a Lambda function
 * has keys in its environment and never needs it. @throws EngineError when there are none
 */
async function defaultCredentials(): Promise<() => Promise<AwsCredentials>> {
  const { defaultProvider } = exportsOf(await import('@aws-sdk/credential-provider-node'));
  const provider = defaultProvider();
  // Fails at the start instead of with every request.
  await provider().catch((error: Error) => {
    throw new EngineError(
      `there are no AWS credentials to sign requests to opensearch: ${error.message}; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`,
      { cause: error },
    );
  });
  return () => provider();
}

/** The exports of a CommonJS package: in a bundle they are only in `default`, in Node in both places. */
function exportsOf<Module extends object>(loaded: Module & { readonly default?: Module }): Module {
  return loaded.default ?? loaded;
}
