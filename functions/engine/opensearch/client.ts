import { readFile } from 'node:fs/promises';
import { Client, type ClientOptions } from '@opensearch-project/opensearch';
import { EngineError } from '../engine.ts';

/** Keys of an AWS account or role. */
export type AwsCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/** How a caller shows who it is. */
export type ClusterAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  /** Signed requests, for OpenSearch Service. Without keys: what the machine's AWS SDK finds. */
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
 * A client for a cluster. Nothing is asked yet. A request is tried once: the circuit breaker decides about the next.
 * @throws EngineError when the certificate cannot be read.
 */
export async function createClient({ url, auth, caFile, timeoutMs }: ClusterSettings): Promise<Client> {
  const node = new URL(url);
  const [username, password] = [decodeURIComponent(node.username), decodeURIComponent(node.password)];
  node.username = '';
  node.password = '';
  const options: ClientOptions = { node: node.href, requestTimeout: timeoutMs, maxRetries: 0 };
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

/** The client's own signer; with keys at hand no SDK is loaded. `es` is how OpenSearch Service is called in signatures. */
async function signer({ region, credentials }: ClusterAuth & { kind: 'sigv4' }) {
  type Signing = typeof import('@opensearch-project/opensearch/aws-v3');
  // CommonJS: in a bundle it has only its default, in Node both.
  const loaded = (await import('@opensearch-project/opensearch/aws-v3')) as Signing & { readonly default?: Signing };
  const { AwsSigv4Signer } = loaded.default ?? loaded;
  const given = credentials && { getCredentials: async () => ({ ...credentials }) };
  return AwsSigv4Signer({ region, service: 'es', ...given });
}
