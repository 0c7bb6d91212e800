/** A failure that the operator can act on. Its message is shown alone, without a stack trace. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

type AwsError = Error & {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
};

const SIGN_IN_HINT = 'Set AWS_PROFILE and AWS_REGION, or sign in with the AWS CLI';

/** Keys that AWS has never issued or has revoked. */
const UNKNOWN_KEYS =
  /^(InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClientException|SignatureDoesNotMatch|AuthFailure|IncompleteSignature)/;
const EXPIRED = /^(ExpiredToken|RequestExpired|TokenRefreshRequired)/;
const NETWORK =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|CERT_|SELF_SIGNED)/;

/**
 * Explains an error of AWS, the network or the credentials in one sentence that an operator can act on.
 * @param error thrown by an AWS SDK client @returns `undefined` if the error is a bug in this program
 */
export function awsErrorMessage(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message, code = '', $metadata } = error as AwsError;
  if (name === 'CredentialsProviderError') return `there are no AWS credentials: ${message}. ${SIGN_IN_HINT}`;
  if (/^Region is missing/.test(message)) {
    return 'no AWS region is set: set AWS_REGION, for example AWS_REGION=us-east-1, or add a region to the profile';
  }
  if (NETWORK.test(code) || name === 'TimeoutError') {
    const reason = message || (error instanceof AggregateError ? String(error.errors[0]?.message) : code);
    return `AWS cannot be reached: ${reason}. Is the network up, and is the region right?`;
  }
  if (EXPIRED.test(name)) {
    return `the AWS credentials have expired: ${message}. Sign in again and repeat the command: it continues where it stopped`;
  }
  if (UNKNOWN_KEYS.test(name)) return `AWS rejects the credentials: ${message}. ${SIGN_IN_HINT}`;
  const status = $metadata?.httpStatusCode;
  if (status === undefined) return undefined;
  // The response to a HEAD request has no body, so the SDK knows no reason.
  const isUnexplained = /^Unknown/.test(message);
  if (status === 403) return `these credentials do not allow this: ${isUnexplained ? 'AWS answered 403' : message}`;
  return `AWS rejects the request: ${/^Unknown/.test(name) ? `status ${status}` : name}: ${message}`;
}
