import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import fc from 'fast-check';
import { replaceBlock } from '../../functions/commands/marked-block.ts';
import { EVERYTHING, type SearchQuery } from '../../functions/model/query.ts';
import type { Release } from '../../functions/model/release.ts';
import { howToGetSharedData, noSharedData } from '../fixtures/shared-data.ts';
import { clusterUrl, noCluster, scratch } from '../functions/engine/opensearch/cluster.ts';
import { towns, vocabularyOf } from '../functions/engine/random-town.ts';
import { readQuestions } from '../relevance/question-tables.ts';
import { loadSnapshot, SNAPSHOTS } from '../relevance/snapshots.ts';
import { compare, openPair } from './compare-release.ts';
import { minimalQuery } from './minimal-query.ts';
import { KINDS, type Kind, type ParityQuestion, sizeOf } from './parity-questions.ts';
import { type DataSet, reportText, type Tally } from './parity-report.ts';
import { questionsFor } from './question-plan.ts';

/**
 * Asks both engines the same questions and compares everything that they return. Prints a report, and the minimal query of the first
 * difference; fails if there is one.
 */
const { values } = parseArgs({
  options: {
    questions: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '20261126' },
    /** Replaces the report in the documentation. */
    readme: { type: 'boolean', default: false },
  },
});
const README = 'functions/engine/README.md';
const print = (line: string) => process.stdout.write(`${line}\n`);

/** The releases by name: real ones, and an invented town that combines everything that can be searched. */
async function releases(seed: number): Promise<[string, Release][]> {
  const real = ['2017', '2022', '2024', 'vancouver'] as const;
  const loaded = real.map(async (name): Promise<[string, Release]> => {
    const { permits } = SNAPSHOTS[name];
    return [permits.replace(/^.*\//, ''), await loadSnapshot(SNAPSHOTS[name])];
  });
  const [town] = fc.sample(towns, { seed, numRuns: 20 }).sort((a, b) => b.vendors.length - a.vendors.length);
  return [...(await Promise.all(loaded)), ...(town ? [['an invented town', town] satisfies [string, Release]] : [])];
}

async function run(total: number, seed: number): Promise<void> {
  const all = await releases(seed);
  const kinds = new Map<Kind, Tally>(
    (Object.keys(KINDS) as Kind[]).map((kind) => [kind, { asked: 0, withResults: 0, different: 0 }]),
  );
  const dataSets: DataSet[] = [];
  const openSearch = await clusterVersion();
  let asked = 0;
  let failure: string | null = null;
  for (const [at, [name, release]] of all.entries()) {
    const cluster = scratch();
    try {
      const pair = await openPair(release, cluster);
      const dataSet: DataSet = { name, ...sizeOf(release), asked: 0 };
      dataSets.push(dataSet);
      const plan = questionsFor({
        vocabulary: vocabularyOf(release),
        judged: readQuestions(),
        total,
        seed,
        at,
        of: all.length,
      });
      for (const { kind, question } of plan) {
        const tally = kinds.get(kind) as Tally;
        const { differences, results } = await compare(pair, question);
        tally.asked++;
        dataSet.asked++;
        if (results > 0) tally.withResults++;
        if (differences.length > 0) tally.different++;
        failure ??=
          differences.length > 0 ? await failureText(name, question, differences, (one) => compare(pair, one)) : null;
        if (++asked % 100 === 0) print(`${asked} of ${total}: ${name}, ${kind}`);
      }
    } finally {
      await cluster.close();
    }
  }
  const date = new Date().toISOString().slice(0, 10);
  const report = reportText({ date, seed, openSearch, node: process.version.slice(1), kinds, dataSets });
  print(`\n${report}`);
  if (failure) {
    print(`\n${failure}`);
    process.exitCode = 1;
  } else if (values.readme) writeFileSync(README, replaceBlock(readFileSync(README, 'utf8'), 'parity', report, README));
}

async function clusterVersion(): Promise<string> {
  const { version } = (await (await fetch(clusterUrl)).json()) as { version: { number: string } };
  return version.number;
}

/** The first difference, for the plainest query that has one. */
async function failureText(
  name: string,
  question: ParityQuestion,
  differences: readonly string[],
  again: (question: ParityQuestion) => ReturnType<typeof compare>,
): Promise<string> {
  if (question.ask === 'suggest')
    return `${name}, suggest ${JSON.stringify(question.query)}\n${differences.join('\n')}`;
  const differs = async (query: SearchQuery) => (await again({ ...question, query })).differences.length > 0;
  const query = await minimalQuery(question.query, differs);
  const left = (await again({ ...question, query })).differences;
  const given = Object.entries(query).filter(([field, value]) => !isDeepStrictEqual(value, Object(EVERYTHING)[field]));
  return `${name}, ${question.ask} ${JSON.stringify(Object.fromEntries(given))}\n${left.slice(0, 5).join('\n')}`;
}

if (noCluster || noSharedData) {
  if (noCluster)
    print('The engines are compared on a real OpenSearch: start one and set OPENSEARCH_URL=http://127.0.0.1:9200');
  if (noSharedData)
    print(`The engines are compared on real snapshots of cities, which are not here: ${howToGetSharedData}`);
  process.exitCode = 1;
} else await run(Number(values.questions), Number(values.seed));
