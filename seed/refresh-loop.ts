import { setTimeout as sleep } from 'node:timers/promises';
import { StoreUnavailableError } from '../functions/engine/engine.ts';
import type { Release } from '../functions/model/release.ts';
import { asCached, type ServerData } from './initial-release.ts';
import { liveSources } from './load.ts';
import { loadAndPublish, SEED_REMEDY } from './pipeline.ts';
import { refuseEmpty, refuseLosses } from './release-guards.ts';
import { dayText } from './report/report-text.ts';
import { isNewerReading, type ServedRelease } from './served-release.ts';

/** A failed refresh is retried after at most this time. */
const RETRY_MS = 15 * 60_000;
/** The longest delay of one timer; Node fires longer ones at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

type RefreshSchedule = { readonly everyMs: number; readonly signal: AbortSignal };

/**
 * Loads the data again every `everyMs`, give or take a tenth, and serves it when it is new. Given sources stay in memory, and
 * are loaded again sooner if the server started from kept copies; the city's live data is also fetched at once, and published. It never throws: a failure is reported once, the previous
 * release stays, and the next try comes sooner. Ends when `signal` aborts.
 */
export async function keepFresh(
  serverData: ServerData,
  served: ServedRelease,
  { everyMs, signal }: RefreshSchedule,
): Promise<void> {
  const { say, givenSources } = serverData;
  const retryMs = retryDelayMs(everyMs);
  const isLive = givenSources.size === 0;
  if (isLive) say(`fetching the city's live data; ${servedNow(served.current())} served until then`);
  else await wait(withJitter(served.current().origin === 'cached' ? retryMs : everyMs), signal);
  let lastRefusal = '';
  while (!signal.aborted) {
    let waitMs = withJitter(everyMs);
    try {
      const refusal = isLive
        ? await refreshLive(serverData, served, signal)
        : await refreshGiven(serverData, served, signal);
      if (refusal && refusal !== lastRefusal) say(refusal);
      lastRefusal = refusal ?? '';
    } catch (error) {
      if (signal.aborted) return;
      waitMs = withJitter(retryMs);
      const reason = (error as Error).message;
      say(`the data was not loaded, the previous data stays; next try in about ${durationText(retryMs)}: ${reason}`);
    }
    await wait(waitMs, signal);
  }
}

/** @returns a sentence when the data was rolled back from. */
async function refreshLive(
  { city, releases, options, load, say }: ServerData,
  served: ServedRelease,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { release, outcome } = await loadAndPublish({
    input: { city, sources: liveSources(city), origin: 'live', options: { ...options, signal } },
    load: async (input) => {
      const loaded = await load(input);
      for (const warning of loaded.warnings) say(`warning: ${warning}`);
      return loaded;
    },
    sink: releases.sink,
    lastRelease: async (current) => {
      try {
        const published = await current();
        const known = served.current();
        return published?.version === known.version ? known : (await releases.stored())?.release;
      } catch {
        // The report can do without a comparison.
        return undefined;
      }
    },
    force: false,
    remedy: SEED_REMEDY,
    served: served.current,
    onSinkError: ({ message }) => say(`warning: the new release is served, but not saved: ${message}`),
  });
  if (outcome === 'refused')
    return `the live data is still ${release.version}, which was rolled back from: it is not served`;
  await served.offer(release);
  return undefined;
}

async function refreshGiven(
  { city, givenSources: sources, options, load, say }: ServerData,
  served: ServedRelease,
  signal: AbortSignal,
): Promise<void> {
  const loaded = await load({ city, sources, origin: 'given', options: { ...options, signal } });
  const { release, warnings } = loaded;
  refuseEmpty(loaded);
  refuseLosses(loaded, served.current(), 'start the server again');
  const isNew = release.version !== served.current().version;
  if (isNew) for (const warning of warnings) say(`warning: ${warning}`);
  await served.offer(release);
}

/** How often to check which release is current, milliseconds. */
export const CHECK_MS = 2_000;

/**
 * Serves releases that another process makes current or reads again: by `npm run seed` or a rollback. It never throws. Ends when
 * `signal` aborts.
 * @param firstStamp the stamp before the served release was read; default: that of now
 */
export async function followReleases(
  { city, releases, say }: ServerData,
  served: ServedRelease,
  signal: AbortSignal,
  firstStamp?: string,
): Promise<void> {
  let lastStamp = firstStamp ?? (await releases.stamp());
  let lastFailure = '';
  while (!signal.aborted) {
    await wait(CHECK_MS, signal);
    const stamp = await releases.stamp();
    if (stamp === lastStamp || signal.aborted) continue;
    try {
      const stored = await releases.stored();
      lastStamp = stamp;
      lastFailure = '';
      for (const warning of stored?.warnings ?? []) say(`warning: ${warning}`);
      if (!stored) say('warning: the saved releases are gone; the previous data stays');
      if (stored?.release.city.id !== city.facts.id) continue;
      const { release } = stored;
      const known = served.current();
      // A release that this process has published is served already, but another one may have read it again.
      if (release.version !== known.version) await served.offer(asCached(release));
      else if (isNewerReading(release, known)) {
        await served.offer({ ...known, asOf: release.asOf, sources: release.sources });
      }
    } catch (error) {
      // Only what may be whole is worth another attempt.
      if (!(error instanceof StoreUnavailableError)) lastStamp = stamp;
      const failure = `warning: the saved releases cannot be read, the previous data stays: ${(error as Error).message}`;
      if (failure !== lastFailure) say(failure);
      lastFailure = failure;
    }
  }
}

function servedNow({ origin, version, asOf }: Release): string {
  return origin === 'sample' ? 'sample data is' : `the saved copy, ${dayText(version, asOf)}, is`;
}

/** The time after which a failed load is tried again, for data that is loaded every `everyMs`. */
export function retryDelayMs(everyMs: number): number {
  return Math.min(everyMs, RETRY_MS);
}

/** 90 to 110 % of a delay, so that servers do not all fetch at the same moment. `random` is from 0 to below 1. */
export function withJitter(ms: number, random = Math.random()): number {
  return ms * (0.9 + 0.2 * random);
}

/** Waits for any length of time; ends early when `signal` aborts. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  for (let left = ms; left > 0 && !signal.aborted; left -= MAX_TIMER_MS) {
    await sleep(Math.min(left, MAX_TIMER_MS), undefined, { signal, ref: false }).catch(() => {});
  }
}

export function durationText(ms: number): string {
  return ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
}
