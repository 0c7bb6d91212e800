import type { CheckResult } from './run-checks.ts';

export type ReportInput = {
  /** What was checked: the URL, or the stack with its region. */
  readonly subject: string;
  readonly revision: string;
  readonly date: string;
  readonly results: readonly CheckResult[];
  /** Lines about the end: what is left, and what it cost. */
  readonly ending: readonly string[];
};

/** Removes what identifies an account or a person: account numbers, keys and e-mail addresses. */
export function mask(text: string): string {
  return text
    .replace(/\b\d{12}\b/g, '<account>')
    .replace(/\b(AKIA|ASIA)[A-Z0-9]{12,}\b/g, '<key>')
    .replace(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '<e-mail>');
}

/** A report in Markdown, to be attached to an issue. It contains nothing secret. */
export function formatReport({ subject, revision, date, results, ending }: ReportInput): string {
  const count = (wanted: CheckResult['outcome']) => results.filter(({ outcome }) => outcome === wanted);
  const cell = (text: string) => text.replaceAll('|', '\\|').replace(/\s+/g, ' ').slice(0, 400);
  const row = ({ check, outcome, detail, seconds }: CheckResult) =>
    `| ${outcome === 'failed' ? '**failed**' : outcome} | ${check.name} | ${check.proves} | ${cell(detail)} | ${seconds.toFixed(1)} |`;
  const ran = [...count('failed'), ...count('passed')];
  const skipped = count('skipped');
  const lines = [
    '# Curbside on AWS: verification',
    '',
    `${subject}; revision ${revision}; ${date}; Node ${process.versions.node}`,
    '',
    `${count('passed').length} checks passed, ${count('failed').length} failed, ${skipped.length} were skipped.`,
    '',
    ...(ran.length > 0 ? ['| result | check | what it proves | observed | seconds |', '|---|---|---|---|---|'] : []),
    ...ran.map(row),
    ...(skipped.length > 0 ? ['', '## Skipped', '', '| check | what it would prove | reason |', '|---|---|---|'] : []),
    ...skipped.map(({ check, detail }) => `| ${check.name} | ${check.proves} | ${cell(detail)} |`),
    '',
    ...(ending.length > 0 ? ['## At the end', '', ...ending.map((line) => `- ${line}`), ''] : []),
  ];
  return mask(lines.join('\n'));
}
