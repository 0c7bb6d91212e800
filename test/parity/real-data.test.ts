import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../functions/engine/embedded/release-engine.ts';
import type { Engine } from '../../functions/engine/engine.ts';
import { openOpenSearch } from '../../functions/engine/opensearch/engine.ts';
import type { Release } from '../../functions/model/release.ts';
import { findCity } from '../../seed/find-city.ts';
import { load } from '../../seed/load.ts';
import { noSharedData, sharedData } from '../fixtures/shared-data.ts';
import {
  expectCompletePaging,
  expectSameRelaxation,
  expectSameResult,
  isOnTheEdge,
} from '../functions/engine/compare-engines.ts';
import { clusterUrl, noCluster, scratch } from '../functions/engine/opensearch/cluster.ts';
import { type ParityQuestion, parityQuestions } from './parity-questions.ts';
import { ParityTally, writeReport } from './parity-report.ts';

const RELEASES: readonly (readonly [title: string, city: string, files: Readonly<Record<string, string>>])[] = [
  [
    'San Francisco 2017-06',
    'san-francisco',
    {
      permits: 'permits/permits-2017-06-19-764.csv',
      schedule: 'schedule/schedule-2017-06-4923.csv',
      areas: 'geometry/sf-neighborhoods-analysis.min.geojson',
    },
  ],
  [
    'San Francisco 2022-03',
    'san-francisco',
    { permits: 'permits/permits-2022-03-02-487.json', schedule: 'schedule/schedule-2022-01-2809.csv' },
  ],
  ['San Francisco 2024-08', 'san-francisco', { permits: 'permits/permits-2024-08-29-489.csv' }],
  ['Vancouver 2025-12', 'vancouver', { permits: 'other-cities/vancouver-food-vendors-2025-12.csv' }],
];

/** `npm run parity` asks 2,000 questions and reports them; `PARITY_SEED` draws others. */
const QUESTIONS = Number(process.env.PARITY_QUESTIONS ?? 300);
const SEED = Number(process.env.PARITY_SEED ?? 1);

const tally = new ParityTally();

describe.skipIf(noCluster || noSharedData)('OpenSearch and the embedded engine return the same results', () => {
  afterAll(async () => {
    console.log(tally.table());
    if (process.env.PARITY_REPORT === undefined || tally.asked === 0) return;
    const { version } = (await (await fetch(clusterUrl)).json()) as { version: { number: string } };
    const date = new Date().toISOString().slice(0, 10);
    const data = RELEASES.map(([title]) => title).join(', ');
    const source = `${date}, OpenSearch ${version.number}, seed ${SEED}; data: ${data}`;
    writeReport(`${tally.table()}\n\n${source}.`);
  });

  it.each(RELEASES)('%s', { timeout: 900_000 }, async (_title, city, files) => {
    const given = new Map(Object.entries(files).map(([name, path]) => [name, sharedData(path)]));
    const { release } = await load({ city: findCity(city), sources: given, origin: 'given', options: {} });
    const cluster = scratch();
    try {
      await cluster.sink.publish(release, {});
      const engines = { reference: openEmbedded(release), other: openOpenSearch(cluster.client, cluster.alias)() };
      const questions = parityQuestions(release, askedByPeople(), QUESTIONS / RELEASES.length, SEED);
      const differences: string[] = [];
      for (const question of questions) {
        const difference = await compare(question, release, engines);
        if (difference !== null) differences.push(`${JSON.stringify(question)}\n${difference}`);
      }
      expect(differences.join('\n\n')).toBe('');
    } finally {
      await cluster.close();
    }
  });
});

type Engines = { readonly reference: Engine; readonly other: Engine };

/** The questions that people asked, from the shared cases. */
function askedByPeople(): string[] {
  const [, ...lines] = readFileSync(sharedData('cases/questions.tsv'), 'utf8').trim().split('\n');
  return lines.flatMap((line) => (line.split('\t')[0] ?? '').split(/ \/ |, /));
}

/** How the engines differ; `null` if they do not. */
async function compare(question: ParityQuestion, release: Release, engines: Engines): Promise<string | null> {
  try {
    tally.add(question.kind, { found: await found(question, release, engines), differs: false });
    return null;
  } catch (error) {
    tally.add(question.kind, { found: true, differs: true });
    return error instanceof Error ? error.message : String(error);
  }
}

/** Compares the engines; returns whether they found something. */
async function found(question: ParityQuestion, release: Release, { reference, other }: Engines): Promise<boolean> {
  if (question.compare === 'suggestions') {
    const expected = await reference.suggest(question.query);
    expect(await other.suggest(question.query)).toEqual(expected);
    return expected.length > 0;
  }
  const { query } = question;
  // Where a branch is within 2 cm of the edge, both answers are right.
  if (isOnTheEdge(query, release)) return false;
  if (question.compare === 'relaxation') return (await expectSameRelaxation(query, reference, other)) > 0;
  if (question.compare === 'pages') {
    const whole = await other.search({ ...query, limit: 2_000 });
    await expectCompletePaging(other, { ...query, limit: 7 }, whole);
    return whole.vendors > 0;
  }
  const expected = await reference.search(query);
  expectSameResult(query, expected, await other.search(query));
  return expected.vendors > 0;
}
