type AwsError = Error & {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
};

const HOW = 'Set AWS_PROFILE and AWS_REGION, or sign in with the AWS CLI';

/** Keys that AWS does not know, or not any more. */
const UNKNOWN_KEYS =
  /^(InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClientException|SignatureDoesNotMatch|AuthFailure|IncompleteSignature)/;
const EXPIRED = /^(ExpiredToken|RequestExpired|TokenRefreshRequired)/;
const NETWORK =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|CERT_|SELF_SIGNED)/;

/**
 * What AWS, the network or the credentials have done, in one sentence that an operator can act on.
 * @param error of an SDK client @returns `undefined` for an error of this program's own
 */
export function errorMessage(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message, code = '', $metadata } = error as AwsError;
  if (name === 'CredentialsProviderError') return `there are no AWS credentials: ${message}. ${HOW}`;
  if (/^Region is missing/.test(message)) {
    return 'no AWS region is set: set AWS_REGION, such as AWS_REGION=us-east-1, or give the profile one';
  }
  if (NETWORK.test(code) || name === 'TimeoutError') {
    const why = message || (error instanceof AggregateError ? String(error.errors[0]?.message) : code);
    return `AWS cannot be reached: ${why}. Is there a network, and is the region right?`;
  }
  if (EXPIRED.test(name)) {
    return `the AWS credentials have expired: ${message}. Sign in again and repeat the command: it goes on where it stopped`;
  }
  if (UNKNOWN_KEYS.test(name)) return `AWS does not take the credentials: ${message}. ${HOW}`;
  const status = $metadata?.httpStatusCode;
  if (status === undefined) return undefined;
  // An answer to HEAD has no body that could say why.
  if (status === 403)
    return `these credentials may not do that: ${/^Unknown/.test(message) ? 'AWS says 403' : message}`;
  return `AWS refuses: ${/^Unknown/.test(name) ? `status ${status}` : name}: ${message}`;
}
