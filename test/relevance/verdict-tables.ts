import { isPassed, type Verdict } from './judge.ts';

/** A table of verdicts by kind of question, in Markdown. */
export function verdictTable(verdicts: readonly Verdict[]): string {
  const kinds = [...new Set(verdicts.map(({ question }) => question.kind))];
  const rows = [...kinds.map((kind) => [kind, verdicts.filter(({ question }) => question.kind === kind)] as const)];
  return [
    '| kind | questions | passed | missed | must be found | wrongly found | first right |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map(([kind, some]) => verdictRow(kind, some)),
    verdictRow('all', verdicts),
  ].join('\n');
}

function verdictRow(kind: string, verdicts: readonly Verdict[]): string {
  const sum = (count: (verdict: Verdict) => number) => verdicts.reduce((all, one) => all + count(one), 0);
  const passed = verdicts.filter(isPassed).length;
  const wanted = sum((one) => one.wanted);
  const found = wanted - sum(({ lacking }) => lacking.length);
  const firsts = verdicts.filter(({ isFirstRight }) => isFirstRight !== null);
  const right = firsts.filter(({ isFirstRight }) => isFirstRight).length;
  const cells = [
    kind,
    verdicts.length,
    passed,
    verdicts.length - passed,
    wanted === 0 ? '' : `${found} of ${wanted}`,
    sum(({ wrong }) => wrong.length),
    firsts.length === 0 ? '' : `${right} of ${firsts.length}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** What was expected of a question, and what came. */
export function missText({ question, lacking, wrong, isFirstRight, faults, found }: Verdict): string {
  const { kind, data, text, must, mustNot, first } = question;
  return [
    `${kind}, ${data}: ${text}`,
    ...(lacking.length > 0 ? [`  must be found (${must}), but is not: ${namesText(lacking)}`] : []),
    ...(wrong.length > 0 ? [`  must not be found (${mustNot}): ${namesText(wrong)}`] : []),
    ...(isFirstRight === false ? [`  the first must be: ${first}`] : []),
    ...faults.map((fault) => `  ${fault}`),
    `  found ${found.length}: ${namesText(found)}`,
  ].join('\n');
}

/** The first names. */
function namesText(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(', ');
  return names.length > 12 ? `${shown}, …` : shown;
}
