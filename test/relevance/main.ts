import { howToGetSharedData, noSharedData } from '../fixtures/shared-data.ts';
import { isPassed, judge, type Verdict } from './judge.ts';
import { readFoods, readQuestions } from './question-tables.ts';
import { Snapshots } from './snapshots.ts';
import { missText, verdictTable } from './verdict-tables.ts';

/** Asks every judged question. Prints a table by kind and what was missed; fails if anything was. */
const print = (line: string) => process.stdout.write(`${line}\n`);

async function judgeAll(): Promise<Verdict[]> {
  const snapshots = new Snapshots(readFoods());
  const verdicts: Verdict[] = [];
  for (const question of readQuestions()) verdicts.push(await judge(question, await snapshots.open(question.data)));
  return verdicts;
}

if (noSharedData) {
  print(`The questions are about real snapshots of cities, which are not here: ${howToGetSharedData}`);
  process.exitCode = 1;
} else {
  const verdicts = await judgeAll();
  print(verdictTable(verdicts));
  const misses = verdicts.filter((verdict) => !isPassed(verdict));
  for (const miss of misses) print(`\n${missText(miss)}`);
  if (misses.length > 0) process.exitCode = 1;
}
