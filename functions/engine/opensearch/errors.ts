import { CallerLeftError, EngineError } from '../engine.ts';

/** The parts of the client's errors that are used here; checking their names needs no import of the client. */
type ClientError = Error & { readonly statusCode?: number; readonly meta?: { readonly body?: unknown } };

/** The status of the cluster's response; `undefined` when there was none. */
export function statusOf(error: unknown): number | undefined {
  const { name, statusCode } = error as ClientError;
  return name === 'ResponseError' ? statusCode : undefined;
}

/**
 * The reason of an error in one line for the log. Leaves out headers, URLs and requests, which may contain credentials or searches;
 * of the cluster's own message it has only the type of the error and the first line.
 */
export function reasonOf(error: unknown): string {
  const { name, message, statusCode, meta } = error as ClientError;
  if (name !== 'ResponseError') return `${name}: ${message.split('\n')[0]?.slice(0, 200)}`;
  // A rejected sign-in may be quoted in the message.
  if ([401, 403, 407].includes(statusCode ?? 0)) return `status ${statusCode}: not allowed`;
  const { error: details } = (meta?.body ?? {}) as { error?: { type?: string; reason?: string } | string };
  const reason = typeof details === 'object' ? `${details.type}: ${details.reason}` : 'no reason given';
  return `status ${statusCode}: ${reason.split('\n')[0]?.slice(0, 300)}`;
}

/** A failure of the cluster, without the client's own error, which contains requests. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';
}

/**
 * Runs something that needs the cluster.
 * @param action completes the sentence "… failed"
 * @throws EngineError in place of any error of the client; its cause has the reason, for the log @throws CallerLeftError
 */
export async function wrapErrors<Value>(action: string, act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof EngineError || error instanceof CallerLeftError) throw error;
    // 400: the cluster rejects the query; 413: the query is too large. Other statuses are faults of the cluster or of this program.
    const isQueryFault = [400, 413].includes(statusOf(error) ?? 0);
    const reason = reasonOf(error);
    throw new EngineError(`opensearch: ${action} failed: ${reason}`, { cause: new ClusterError(reason), isQueryFault });
  }
}
