import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { noSharedData, sharedData } from '../fixtures/shared-data.ts';
import { isPassed, judge } from './judge.ts';
import { type JudgedQuestion, readFoods, readQuestions } from './question-tables.ts';
import { Snapshots } from './snapshots.ts';
import { missText } from './verdict-tables.ts';

const questions = readQuestions();
const snapshots = new Snapshots(readFoods());

describe.skipIf(noSharedData).each([...new Set(questions.map(({ kind }) => kind))])('questions about %s', (kind) => {
  const titled = questions.map((question): [string, JudgedQuestion] => [
    `${question.data}: ${question.text}`,
    question,
  ]);
  it.each(titled.filter(([, question]) => question.kind === kind))('%s', async (_, question) => {
    const verdict = await judge(question, await snapshots.open(question.data));
    expect(isPassed(verdict), missText(verdict)).toBe(true);
  });
});

describe('the judged questions', () => {
  const distinct = new Map(questions.map((question) => [question.text, question]));
  const share = (test: (question: JudgedQuestion) => boolean) =>
    [...distinct.values()].filter(test).length / distinct.size;

  it('are at least 250, half of them as people talk, and a third not in English', () => {
    expect(distinct.size).toBeGreaterThanOrEqual(250);
    expect(share(({ isNatural }) => isNatural)).toBeGreaterThanOrEqual(0.5);
    expect(share(({ kind }) => ['spanish', 'chinese', 'russian', 'mixed'].includes(kind))).toBeGreaterThanOrEqual(
      1 / 3,
    );
  });

  it('are asked once of each snapshot', () => {
    const asked = questions.map(({ text, data, params }) => JSON.stringify([text, data, params]));
    expect(asked.filter((one, at) => asked.indexOf(one) < at)).toEqual([]);
  });

  it.skipIf(noSharedData)('have every question of the shared cases', () => {
    const lines = readFileSync(sharedData('cases/questions.tsv'), 'utf8').trim().split('\n').slice(1);
    // `hot-dog / hotdog / hot dogs` and `boeuf / bœuf, weiss / weiß` are several questions.
    const asked = lines.flatMap((line) => line.split('\t')[0]?.split(/ \/ |, /) ?? []);
    expect(asked.length).toBeGreaterThan(36);
    expect(asked.filter((one) => !distinct.has(one))).toEqual([]);
  });
});
