import { readFile } from 'node:fs/promises';
import type { Client, ClientOptions } from '@opensearch-project/opensearch';
import { EngineError } from '../engine.ts';

/** Keys of an AWS account or role. */
export type AwsCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When AWS forgets them; new ones are asked for before. */
  readonly expiration?: Date;
};

/** How a caller shows who it is. */
export type ClusterAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  /** Signed requests, for OpenSearch Service. Without keys: what AWS's own tools would find on this machine. */
  | { readonly kind: 'sigv4'; readonly region: string; readonly credentials: AwsCredentials | null };

/** Where a cluster is. */
export type ClusterSettings = {
  /** http or https; a user in it is used like `basic`, and never said. */
  readonly url: string;
  readonly alias: string;
  readonly auth: ClusterAuth;
  /** Path of a certificate in PEM that signs the cluster's own, besides the well-known ones. */
  readonly caFile: string | null;
  /** After which a request is given up, milliseconds. */
  readonly timeoutMs: number;
};

/**
 * A client for a cluster, which is not asked anything yet. A request is tried once: the circuit breaker decides about the next.
 * @throws EngineError when the certificate cannot be read, or no AWS keys are found to sign with.
 */
export async function createClient({ url, auth, caFile, timeoutMs }: ClusterSettings): Promise<Client> {
  const node = new URL(url);
  const [username, password] = [decodeURIComponent(node.username), decodeURIComponent(node.password)];
  node.username = '';
  node.password = '';
  const options: ClientOptions = { node: node.href, requestTimeout: timeoutMs, maxRetries: 0 };
  // A file of its own in a bundle: what only asks for other late modules does not read 240 kB of client.
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

/** The client's own signer. `es` is how OpenSearch Service is called in signatures. */
async function signer({ region, credentials }: ClusterAuth & { kind: 'sigv4' }) {
  const { AwsSigv4Signer } = exportsOf(await import('@opensearch-project/opensearch/aws-v3'));
  const getCredentials = credentials ? async () => ({ ...credentials }) : await foundCredentials();
  return AwsSigv4Signer({ region, service: 'es', getCredentials });
}

/**
 * Keys from where AWS's tools look for them: a profile, a sign-in (SSO), a web identity, a container's or an instance's role. The
 * signer asks again before they expire. Loaded only here, because it is larger than all the rest; a function on Lambda has keys in
 * its environment and never comes here. @throws EngineError when there are none
 */
async function foundCredentials(): Promise<() => Promise<AwsCredentials>> {
  const { defaultProvider } = exportsOf(await import('@aws-sdk/credential-provider-node'));
  const provider = defaultProvider();
  // Nothing would answer without them: that is said at the start, not by every request.
  await provider().catch((error: Error) => {
    throw new EngineError(
      `there are no AWS credentials to sign requests to opensearch with: ${error.message}; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`,
      { cause: error },
    );
  });
  return () => provider();
}

/** What a package in CommonJS exports: in a bundle it has only its default, in Node both. */
function exportsOf<Module extends object>(loaded: Module & { readonly default?: Module }): Module {
  return loaded.default ?? loaded;
}
