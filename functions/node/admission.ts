import type { IncomingMessage } from 'node:http';
import type { Config } from '../config/config.ts';
import { clientKey, createClientAddress, forwardedFor } from './client-address.ts';
import { createQueueDelay } from './queue-delay.ts';
import { createRateLimit, type RateDecision } from './rate-limit.ts';
import type { Refusal } from './refusal.ts';

export type AdmissionLimits = Pick<
  Config,
  'rateLimit' | 'trustedProxies' | 'maxPending' | 'maxDelayMs' | 'maxUnsentMb'
>;

/** What a process has to do at the moment. */
export type Workload = {
  /** Requests whose handlers have not finished. */
  readonly pending: number;
  /** Bytes of answers that clients have not read. */
  readonly unsentBytes: number;
  /** Whether requests wait too long for a thread. */
  readonly isLate: () => boolean;
};

/** A request is admitted, or refused. */
export type Admission = { readonly refusal: Refusal | null; readonly headers: Readonly<Record<string, string>> | null };

/** Paths that load balancers and monitoring rely on, above all under load. */
const ALWAYS_ADMITTED: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

const RETRY_SECONDS = 2;
const ADMITTED: Admission = { refusal: null, headers: null };

function overloaded(detail: string, closes = false): Admission {
  const headers = { 'Retry-After': String(RETRY_SECONDS) };
  return { refusal: { code: 'overloaded', detail, headers, closes }, headers: null };
}
const TOO_MANY_CONNECTIONS = overloaded('The server has too many connections; please try again', true);
const TOO_MANY_PENDING = overloaded('The server is answering too many requests; please try again');
const TOO_LATE = overloaded('The server could not answer soon enough; please try again');
const TOO_MUCH_UNSENT = overloaded('The server has too many answers to send; please try again');

/**
 * Decides for each request whether it is answered, in about a microsecond. The page's files and cached answers count like any request.
 * @param onUndeclaredProxy called if a request names its client, and no proxy is trusted
 */
export function createAdmission(limits: AdmissionLimits, workload: Workload, onUndeclaredProxy: () => void) {
  const { rateLimit, trustedProxies, maxPending, maxDelayMs, maxUnsentMb } = limits;
  const addressOf = createClientAddress(trustedProxies);
  const decide = rateLimit === null ? null : createRateLimit(rateLimit);
  const isTooLate = maxDelayMs === null ? () => false : createQueueDelay(maxDelayMs);
  const maxUnsentBytes = maxUnsentMb * 2 ** 20;
  return ({ url = '', headers, socket }: IncomingMessage, isExcessConnection: boolean): Admission => {
    const waited = isTooLate();
    if (ALWAYS_ADMITTED.has(url)) return ADMITTED;
    if (headers['x-forwarded-for'] && trustedProxies === null && decide) onUndeclaredProxy();
    const client = decide && clientKey(addressOf(socket.remoteAddress ?? '', forwardedFor(headers)));
    const rate = decide && client ? decide(client) : null;
    if (rate && rate.waitMs > 0) return rateLimited(rate, rateLimit ?? 0);
    if (isExcessConnection) return TOO_MANY_CONNECTIONS;
    if (workload.pending >= maxPending) return TOO_MANY_PENDING;
    if (workload.unsentBytes > maxUnsentBytes) return TOO_MUCH_UNSENT;
    if (waited || workload.isLate()) return TOO_LATE;
    // Two more headers cost each answer some 2 us, so that only clients get them that are about to need them.
    const isWarned = rate !== null && rate.remaining < (rateLimit ?? 0) / 2;
    return isWarned ? { refusal: null, headers: rateHeaders(rate, rateLimit ?? 0) } : ADMITTED;
  };
}

function rateLimited(rate: RateDecision, perMinute: number): Admission {
  const seconds = Math.ceil(rate.waitMs / 1000);
  const detail = `A client may send ${perMinute} requests a minute; please try again in ${seconds} s`;
  const headers = { ...rateHeaders(rate, perMinute), 'Retry-After': String(seconds) };
  return { refusal: { code: 'rate-limited', detail, headers }, headers: null };
}

/** As in draft-ietf-httpapi-ratelimit-headers-10. `t`: the seconds until the client has one more request. */
function rateHeaders({ remaining, waitMs }: RateDecision, perMinute: number) {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return {
    RateLimit: `"client";r=${remaining};t=${seconds}`,
    'RateLimit-Policy': `"client";q=${perMinute};w=60`,
  };
}
