import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../functions/engine/engine.ts';
import type { Release } from '../functions/model/release.ts';
import { asCached, type ServedRelease, type ServerData } from './initial-release.ts';
import { liveSources } from './load.ts';
import { publishRelease, refuseShrunk } from './pipeline.ts';
import { makeReport } from './report/report.ts';

/** A failed refresh is tried again sooner than a good one is repeated. */
const RETRY_MS = 15 * 60_000;
/** The longest delay of one timer; Node fires longer ones at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

type KeepFresh = { readonly everyMs: number; readonly signal: AbortSignal };

/**
 * Reads the data again every `everyMs`, give or take a tenth, and serves what is new: given sources in memory, the city's live
 * data, which is fetched at once, through the sink. It never throws: what fails is said once, the release before stays, and
 * the next try comes sooner. Ends when `signal` aborts.
 */
export async function keepFresh(
  serving: ServerData,
  served: ServedRelease,
  { everyMs, signal }: KeepFresh,
): Promise<void> {
  const { say, given } = serving;
  const retryMs = Math.min(everyMs, RETRY_MS);
  const isLive = given.size === 0;
  if (isLive) say(`fetching the city's live data; ${servedNow(served.current())} served until then`);
  else await wait(withJitter(everyMs), signal);
  let told = '';
  while (!signal.aborted) {
    let waitMs = withJitter(everyMs);
    try {
      const refused = await (isLive ? refreshLive(serving, served, signal) : refreshGiven(serving, served, signal));
      if (refused && refused !== told) say(refused);
      told = refused ?? '';
    } catch (error) {
      if (signal.aborted) return;
      waitMs = withJitter(retryMs);
      const why = (error as Error).message;
      say(`the data was not loaded, the data before stays; next try in about ${inWords(retryMs)}: ${why}`);
    }
    await wait(waitMs, signal);
  }
}

/** @returns a sentence when the data was rolled back from. */
async function refreshLive(
  serving: ServerData,
  served: ServedRelease,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { city, releases, options, load, say } = serving;
  const made = await load({ city, given: liveSources(city), origin: 'live', options: { ...options, signal } });
  for (const warning of made.warnings) say(`warning: ${warning}`);
  const before = served.current();
  if (before.origin !== 'sample')
    refuseShrunk(countBranches(made.release), countBranches(before), 'npm run seed -- --force');
  const last = await releases.stored().catch(() => undefined);
  const report = makeReport(made, made.warnings, last?.release);
  try {
    const outcome = await publishRelease({ release: made.release, report, sink: releases.sink, force: false });
    if (outcome === 'refused') {
      return `the live data is still ${made.release.version}, which was rolled back from: it is not served`;
    }
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    say(`warning: the new release is served, but not kept: ${error.message}`);
  }
  served.offer(made.release);
  return undefined;
}

async function refreshGiven(serving: ServerData, served: ServedRelease, signal: AbortSignal): Promise<undefined> {
  const { city, given, options, load, say } = serving;
  const { release, warnings } = await load({ city, given, origin: 'given', options: { ...options, signal } });
  refuseShrunk(countBranches(release), countBranches(served.current()), 'start the server again');
  if (release.version === served.current().version) return;
  for (const warning of warnings) say(`warning: ${warning}`);
  served.offer(release);
}

/** How often the directory of releases is looked at, milliseconds. */
const LOOK_MS = 2_000;

/**
 * Serves whatever another process makes current: a rollback, or `npm run seed`. It never throws. Ends when `signal` aborts.
 */
export async function followReleases(
  { city, releases, say }: ServerData,
  served: ServedRelease,
  signal: AbortSignal,
): Promise<void> {
  let seen = await releases.stamp();
  while (!signal.aborted) {
    await wait(LOOK_MS, signal);
    const stamp = await releases.stamp();
    if (stamp === seen || signal.aborted) continue;
    seen = stamp;
    try {
      const stored = await releases.stored();
      for (const warning of stored?.warnings ?? []) say(`warning: ${warning}`);
      // What this process has published itself is served already.
      if (!stored || stored.release.version === served.current().version) continue;
      if (stored.release.city.id === city.facts.id) served.offer(asCached(stored.release));
    } catch (error) {
      say(`warning: another release became current, the data before stays: ${(error as Error).message}`);
    }
  }
}

function servedNow({ origin, asOf }: Release): string {
  return origin === 'sample' ? 'sample data is' : `the kept copy, as of ${asOf}, is`;
}

/** So that many servers do not ask the city at the same moment: 90 to 110 % of a delay. `random` is from 0 to below 1. */
export function withJitter(ms: number, random = Math.random()): number {
  return ms * (0.9 + 0.2 * random);
}

/** Waits however long it is; ends early when `signal` aborts. */
async function wait(ms: number, signal: AbortSignal): Promise<void> {
  for (let left = ms; left > 0 && !signal.aborted; left -= LONGEST_TIMER_MS) {
    await sleep(Math.min(left, LONGEST_TIMER_MS), undefined, { signal, ref: false }).catch(() => {});
  }
}

function inWords(ms: number): string {
  return ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
}

function countBranches({ vendors }: Release): number {
  return vendors.reduce((sum, { branches }) => sum + branches.length, 0);
}
