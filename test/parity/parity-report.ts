import { KINDS, type Kind } from './parity-questions.ts';

/** What was asked of one kind. */
export type Tally = { asked: number; withResults: number; different: number };

export type DataSet = { readonly name: string; readonly vendors: number; readonly branches: number; asked: number };

export type ParityReport = {
  readonly date: string;
  readonly seed: number;
  readonly openSearch: string;
  readonly node: string;
  readonly kinds: ReadonlyMap<Kind, Tally>;
  readonly dataSets: readonly DataSet[];
};

/** The report as Markdown. */
export function reportText({ date, seed, openSearch, node, kinds, dataSets }: ParityReport): string {
  const tallies = [...kinds.values()];
  const sum = (count: (tally: Tally) => number) => tallies.reduce((all, one) => all + count(one), 0);
  const row = (name: string, { asked, withResults, different }: Tally) =>
    `| ${name} | ${grouped(asked)} | ${grouped(withResults)} | ${grouped(different)} |`;
  const all = {
    asked: sum((one) => one.asked),
    withResults: sum((one) => one.withResults),
    different: sum((one) => one.different),
  };
  return [
    `On ${date}, with the seed ${seed}, ${grouped(all.asked)} questions were asked of the embedded engine (Node ${node}) and of OpenSearch ${openSearch}: ${grouped(all.different)} differences.`,
    '',
    '| kind | asked | with results | differences |',
    '| --- | ---: | ---: | ---: |',
    ...(Object.keys(KINDS) as Kind[]).flatMap((kind) => {
      const tally = kinds.get(kind);
      return tally ? [row(kind, tally)] : [];
    }),
    row('all', all),
    '',
    '| data set | vendors | branches | questions |',
    '| --- | ---: | ---: | ---: |',
    ...dataSets.map(
      (one) => `| ${one.name} | ${grouped(one.vendors)} | ${grouped(one.branches)} | ${grouped(one.asked)} |`,
    ),
  ].join('\n');
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
