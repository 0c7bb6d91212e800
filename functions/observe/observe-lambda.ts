import type { Config } from '../config/config.ts';
import type { EngineInfo } from '../engine/engine.ts';
import type { RequestObserver } from '../http/middleware/request-record.ts';
import { ageSeconds } from '../http/routes/engine-state.ts';
import { createAccessLog, personalDataOf } from './access-log.ts';
import { createEmf } from './emf.ts';

export type ObserveLambdaInput = {
  /** The namespace of the metrics in CloudWatch; `null`: no metrics. */
  readonly namespace: string | null;
  /** The release that is served; `undefined`: none yet. */
  readonly about: () => Pick<EngineInfo, 'sources'> | undefined;
  /** The address of the client of the current invocation. */
  readonly client: () => string | null;
  /** Writes at once: Lambda freezes the process after each answer. */
  readonly write: (line: string) => void;
};

/** The log of requests of a Lambda function, with its metrics in the same lines; `undefined` if it is off. */
export function observeLambda(
  { accessLog }: Pick<Config, 'accessLog'>,
  { namespace, about, client, write }: ObserveLambdaInput,
): RequestObserver | undefined {
  if (accessLog === 'off') return undefined;
  const releaseAge = () => {
    const release = about();
    return release ? ageSeconds(release.sources, Date.now()) : null;
  };
  return createAccessLog({
    write,
    ...(accessLog === 'full' ? { personalData: personalDataOf(client) } : {}),
    ...(namespace === null ? {} : { prefix: createEmf({ namespace, releaseAge }) }),
  });
}
