import { median } from '../median.ts';
import { EngineProcess } from './engine-process.ts';
import { type Answer, TASK_NAMES, TASKS, type TaskName } from './tasks.ts';

export const ENGINES = [
  'curbside',
  'lucene',
  'lucene-ranked',
  'tantivy',
  'bleve',
  'minisearch',
  'flexsearch',
  'duckdb',
  'sqlite',
  'postgis',
  'redis',
  'opensearch',
] as const;
export type EngineName = (typeof ENGINES)[number];

/** The results for one number of branches. */
export type Measurement = {
  readonly branches: number;
  readonly engines: readonly {
    readonly name: EngineName;
    /** Why it was left out; `null` if it was measured. */
    readonly unavailable: string | null;
    readonly buildMs: number;
    readonly peakMb: number;
    readonly note: string;
    /** Median milliseconds by task; `null` if it cannot perform the task. */
    readonly medians: Readonly<Partial<Record<TaskName, number | null>>>;
    /** Tasks with a result that differs from Curbside's, and how. */
    readonly differences: Readonly<Partial<Record<TaskName, string>>>;
    /** The differences that its rounding of places does not explain: something is wrong. */
    readonly wrong: readonly TaskName[];
  }[];
};

/** Time for all rounds of one task on one engine. */
const BUDGET_MS = 800;
const ROUNDS = 5;
const MAX_RUNS = 40;

/** How far totals may differ, relative to them, because an engine rounds coordinates or has another radius of the earth. */
const TOLERANCE: Readonly<Partial<Record<EngineName, number>>> = { redis: 0.003, opensearch: 0.003 };

/** Builds all engines over a number of branches, one after the other, and has them perform each task in turn. */
export async function measure(
  branches: number,
  names: readonly EngineName[],
  log: (line: string) => void,
): Promise<Measurement> {
  const running: EngineProcess[] = [];
  const unavailable = new Map<EngineName, string>();
  for (const name of names) {
    log(`${branches} branches: building ${name}`);
    const engine = await EngineProcess.start(name, branches);
    if (typeof engine === 'string') {
      unavailable.set(name, engine);
      log(`  left out: ${engine}`);
    } else running.push(engine);
  }
  const medians = new Map<string, number | null>();
  const differences = new Map<string, string>();
  const wrong = new Set<string>();
  for (const task of TASK_NAMES) {
    log(`${branches} branches: ${TASKS[task].title}`);
    const runsPerRound = new Map<EngineProcess, number>();
    const times = new Map<EngineProcess, number[]>();
    let ours: Answer | null = null;
    for (const engine of running) {
      // The first runs warm up, and tell how many runs fit into the budget.
      const { ms, answer } = await engine.run(task, 3);
      const once = Math.max(0.01, ms.at(-1) ?? 0);
      runsPerRound.set(engine, Math.max(1, Math.min(MAX_RUNS, Math.floor(BUDGET_MS / ROUNDS / once))));
      times.set(engine, []);
      if (engine.name === 'curbside') ours = answer;
      if (answer === null) runsPerRound.set(engine, 0);
      const difference = answer && ours && differenceOf(answer, ours);
      if (difference) differences.set(`${engine.name} ${task}`, difference);
      if (difference && !isWithinTolerance(answer, ours, TOLERANCE[engine.name] ?? 0))
        wrong.add(`${engine.name} ${task}`);
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const engine of running) {
        const runs = runsPerRound.get(engine) ?? 0;
        if (runs > 0) times.get(engine)?.push(...(await engine.run(task, runs)).ms);
      }
    }
    for (const [engine, ms] of times) medians.set(`${engine.name} ${task}`, ms.length === 0 ? null : median(ms));
  }
  for (const engine of running) await engine.stop();
  return {
    branches,
    engines: names.map((name) => {
      const engine = running.find((one) => one.name === name);
      const of = <Value>(values: ReadonlyMap<string, Value>) =>
        Object.fromEntries(
          TASK_NAMES.flatMap((task) => (values.has(`${name} ${task}`) ? [[task, values.get(`${name} ${task}`)]] : [])),
        );
      return {
        name,
        unavailable: unavailable.get(name) ?? null,
        buildMs: engine?.ms ?? 0,
        peakMb: engine?.peakMb ?? 0,
        note: engine?.note ?? '',
        medians: of(medians),
        differences: of(differences),
        wrong: TASK_NAMES.filter((task) => wrong.has(`${name} ${task}`)),
      };
    }),
  };
}

/** Whether a result has the same facets, and totals and distances within the tolerance. */
function isWithinTolerance(answer: Answer, ours: Answer | null, tolerance: number): boolean {
  if (!ours || tolerance === 0 || answer.metres?.length !== ours.metres?.length) return false;
  const isNear = (one: number, other: number, least: number) =>
    Math.abs(one - other) <= Math.max(least, other * tolerance);
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

/** How a result differs from Curbside's, which tests compare with a linear scan; empty if it does not. */
function differenceOf(answer: Answer, ours: Answer): string {
  const found: string[] = [];
  for (const key of ['vendors', 'branches'] as const) {
    if (answer[key] !== null && answer[key] !== ours[key]) found.push(`${answer[key]} ${key}, not ${ours[key]}`);
  }
  const off = (answer.metres ?? []).filter((metres, at) => Math.abs(metres - (ours.metres?.[at] ?? -1)) > 1).length;
  if (off > 0 || (answer.metres && answer.metres.length !== ours.metres?.length))
    found.push(`${off} of 20 distances differ`);
  if (answer.scores && ours.scores) {
    const wrong = ours.scores.filter((score, at) => !(Math.abs(score - (answer.scores?.[at] ?? 0)) <= score * 1e-4));
    if (wrong.length > 0) found.push(`${wrong.length} of ${ours.scores.length} scores differ`);
  }
  if (answer.facets && ours.facets) {
    const keys = new Set([...Object.keys(answer.facets), ...Object.keys(ours.facets)]);
    const wrong = [...keys].filter((key) => answer.facets?.[key] !== ours.facets?.[key]).length;
    if (wrong > 0) found.push(`${wrong} of ${keys.size} counts differ`);
  }
  return found.join(', ');
}
