import type { Config } from '../config/config.ts';
import type { RequestObserver } from '../http/middleware/request-record.ts';
import { createAccessLog, personalDataOf } from './access-log.ts';
import { createEmf } from './emf.ts';

export type ObserveLambdaInput = {
  /** The namespace of the metrics in CloudWatch; `null`: no metrics. */
  readonly namespace: string | null;
  /** Whether there are metrics besides the age of the data. */
  readonly requestMetrics: boolean;
  /** The city whose requests these are, if there are several. */
  readonly city?: string | undefined;
  /** The address of the client of the current invocation. */
  readonly client: () => string | null;
  /** Writes at once: Lambda freezes the process after each answer. */
  readonly write: (line: string) => void;
};

/** The log of requests of a Lambda function, with its metrics in the same lines; `undefined` if it is off. */
export function observeLambda(
  { accessLog }: Pick<Config, 'accessLog'>,
  { namespace, requestMetrics, city, client, write }: ObserveLambdaInput,
): RequestObserver | undefined {
  if (accessLog === 'off') return undefined;
  return createAccessLog({
    write,
    city,
    ...(accessLog === 'full' ? { personalData: personalDataOf(client) } : {}),
    ...(namespace === null ? {} : { prefix: createEmf({ namespace, requestMetrics }) }),
  });
}
