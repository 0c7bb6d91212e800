import { EngineError } from '../engine.ts';

/** What the client's errors have; the classes themselves are not needed to tell them apart. */
type ClientError = Error & { readonly statusCode?: number; readonly meta?: { readonly body?: unknown } };

/** The status of a refusal, `undefined` when there was no answer at all. */
export function statusOf(error: unknown): number | undefined {
  const { name, statusCode } = error as ClientError;
  return name === 'ResponseError' ? statusCode : undefined;
}

/**
 * What went wrong in one line for the log: never a header, a URL or a request, where credentials and searches would
 * stand, and of the cluster's own words only the kind of the error and its first sentence.
 */
export function reasonOf(error: unknown): string {
  const { name, message, statusCode, meta } = error as ClientError;
  if (name !== 'ResponseError') return `${name}: ${message.split('\n')[0]?.slice(0, 200)}`;
  // Who refuses somebody may quote what was refused.
  if ([401, 403, 407].includes(statusCode ?? 0)) return `status ${statusCode}: not allowed`;
  const { error: said } = (meta?.body ?? {}) as { error?: { type?: string; reason?: string } | string };
  const reason = typeof said === 'object' ? `${said.type}: ${said.reason}` : 'no reason given';
  return `status ${statusCode}: ${reason.split('\n')[0]?.slice(0, 300)}`;
}

/** The cluster's answer was not what was asked for. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';
}

/** Does what needs the cluster. @throws EngineError whatever the client throws; its cause says why, for the log. */
export async function wrapErrors<Value>(what: string, act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof EngineError) throw error;
    // 400: it understands everything but this; 413: this is too big. All others are about the cluster or about us.
    const isOfQuery = [400, 413].includes(statusOf(error) ?? 0);
    const reason = reasonOf(error);
    throw new EngineError(`opensearch: ${what} failed: ${reason}`, { cause: new ClusterError(reason), isOfQuery });
  }
}
