import { type Answer, JOB_NAMES, JOBS, type JobName } from './jobs.ts';
import { median } from './median.ts';
import { PeerProcess } from './process.ts';

export const PEERS = ['curbside', 'minisearch', 'flexsearch', 'sqlite', 'postgis', 'redis', 'opensearch'] as const;
export type PeerName = (typeof PEERS)[number];

/** What was measured at one size. */
export type Measured = {
  readonly branches: number;
  readonly peers: readonly {
    readonly name: PeerName;
    /** Why it was left out; `null` when it was measured. */
    readonly skipped: string | null;
    readonly buildMs: number;
    readonly peakMb: number;
    readonly note: string;
    /** Median milliseconds by job; `null` when it has no way to do it. */
    readonly medians: Readonly<Partial<Record<JobName, number | null>>>;
    /** Jobs in which it answers otherwise than this project's engine, and how. */
    readonly differences: Readonly<Partial<Record<JobName, string>>>;
    /** Those of them that its own rounding of places does not explain: something is wrong. */
    readonly wrong: readonly JobName[];
  }[];
};

/** Time that a peer is given for one job, in all its rounds. */
const BUDGET_MS = 800;
const ROUNDS = 5;
const MOST_TIMES = 40;

/** How far a peer's totals may be off, as a part of them, because it rounds places or has another earth. */
const ROUGHNESS: Readonly<Partial<Record<PeerName, number>>> = { redis: 0.003, opensearch: 0.003 };

/** Builds all peers over so many branches, one after the other, and lets them do each job in turn. */
export async function measure(
  branches: number,
  names: readonly PeerName[],
  say: (line: string) => void,
): Promise<Measured> {
  const running: PeerProcess[] = [];
  const skipped = new Map<PeerName, string>();
  for (const name of names) {
    say(`${branches} branches: building ${name}`);
    const peer = await PeerProcess.start(name, branches);
    if (typeof peer === 'string') skipped.set(name, peer);
    else running.push(peer);
    if (typeof peer === 'string') say(`  left out: ${peer}`);
  }
  const medians = new Map<string, number | null>();
  const differences = new Map<string, string>();
  const wrong = new Set<string>();
  for (const job of JOB_NAMES) {
    say(`${branches} branches: ${JOBS[job].title}`);
    const times = new Map<PeerProcess, number>();
    const all = new Map<PeerProcess, number[]>();
    let ours: Answer | null = null;
    for (const peer of running) {
      // The first runs are for warming up, and say how often it can be run.
      const { ms, answer } = await peer.run(job, 3);
      const once = Math.max(0.01, ms.at(-1) ?? 0);
      times.set(peer, Math.max(1, Math.min(MOST_TIMES, Math.floor(BUDGET_MS / ROUNDS / once))));
      all.set(peer, []);
      if (peer.name === 'curbside') ours = answer;
      if (answer === null) times.set(peer, 0);
      const difference = answer && ours && differenceOf(answer, ours);
      if (difference) differences.set(`${peer.name} ${job}`, difference);
      if (difference && !isRounding(answer, ours, ROUGHNESS[peer.name] ?? 0)) wrong.add(`${peer.name} ${job}`);
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const peer of running) {
        const often = times.get(peer) ?? 0;
        if (often > 0) all.get(peer)?.push(...(await peer.run(job, often)).ms);
      }
    }
    for (const [peer, ms] of all) medians.set(`${peer.name} ${job}`, ms.length === 0 ? null : median(ms));
  }
  for (const peer of running) await peer.stop();
  return {
    branches,
    peers: names.map((name) => {
      const peer = running.find((one) => one.name === name);
      const of = <Value>(values: ReadonlyMap<string, Value>) =>
        Object.fromEntries(
          JOB_NAMES.flatMap((job) => (values.has(`${name} ${job}`) ? [[job, values.get(`${name} ${job}`)]] : [])),
        );
      return {
        name,
        skipped: skipped.get(name) ?? null,
        buildMs: peer?.ms ?? 0,
        peakMb: peer?.peakMb ?? 0,
        note: peer?.note ?? '',
        medians: of(medians),
        differences: of(differences),
        wrong: JOB_NAMES.filter((job) => wrong.has(`${name} ${job}`)),
      };
    }),
  };
}

/** Whether answers have the same facets and nearly the same totals and distances. */
function isRounding(answer: Answer, ours: Answer | null, roughness: number): boolean {
  if (!ours || roughness === 0 || answer.metres?.length !== ours.metres?.length) return false;
  const isNear = (one: number, other: number, least: number) =>
    Math.abs(one - other) <= Math.max(least, other * roughness);
  const totals = (['vendors', 'branches'] as const).every((key) => {
    const [one, other] = [answer[key], ours[key]];
    return one === null || other === null || isNear(one, other, 1);
  });
  const metres = (answer.metres ?? []).every((one, at) => isNear(one, ours.metres?.[at] ?? Number.NaN, 2));
  return (
    totals && metres && differenceOf({ vendors: null, branches: null, metres: null, ...facetsOf(answer) }, ours) === ''
  );
}

function facetsOf({ facets }: Answer): Pick<Answer, 'facets'> {
  return facets ? { facets } : {};
}

/** How an answer differs from this project's own, which the oracle's tests hold true; empty when it does not. */
function differenceOf(answer: Answer, ours: Answer): string {
  const said: string[] = [];
  for (const key of ['vendors', 'branches'] as const) {
    if (answer[key] !== null && answer[key] !== ours[key]) said.push(`${answer[key]} ${key}, not ${ours[key]}`);
  }
  const off = (answer.metres ?? []).filter((metres, at) => Math.abs(metres - (ours.metres?.[at] ?? -1)) > 1).length;
  if (off > 0 || (answer.metres && answer.metres.length !== ours.metres?.length))
    said.push(`${off} of 20 distances differ`);
  if (answer.facets && ours.facets) {
    const keys = new Set([...Object.keys(answer.facets), ...Object.keys(ours.facets)]);
    const wrong = [...keys].filter((key) => answer.facets?.[key] !== ours.facets?.[key]).length;
    if (wrong > 0) said.push(`${wrong} of ${keys.size} counts differ`);
  }
  return said.join(', ');
}
