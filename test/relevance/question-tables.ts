import { readdirSync, readFileSync } from 'node:fs';
import { SNAPSHOTS, type SnapshotName } from './snapshots.ts';
import type { Foods } from './vendor-sets.ts';

/** Relative to the root of the project, where its commands and its tests run. */
const TABLES = 'test/relevance/questions';
const FOODS = 'test/relevance/foods.tsv';

/** A question, and what a person who knows the city's file expects. The README has the columns. */
export type JudgedQuestion = {
  /** The name of its table. */
  readonly kind: string;
  readonly text: string;
  readonly data: SnapshotName;
  readonly must: string;
  readonly mustNot: string;
  readonly first: string;
  readonly relaxed: string;
  /** Asked in words around the food, as people talk. */
  readonly isNatural: boolean;
  /** Parameters of the request besides `q` and `status`. */
  readonly params: Readonly<Record<string, string>>;
};

const HEADER = 'question\tdata\tmust\tmust not\tfirst\trelaxed\thow';

/** All tables of questions. @throws Error that names the line which is wrong */
export function readQuestions(): JudgedQuestion[] {
  const files = readdirSync(TABLES).filter((file) => file.endsWith('.tsv'));
  return files.sort().flatMap((file) => {
    const [header, ...lines] = readFileSync(`${TABLES}/${file}`, 'utf8').trimEnd().split('\n');
    if (header !== HEADER) throw new Error(`${file} does not begin with "${HEADER}"`);
    return lines.map((line, at) => readQuestion(line, file.replace('.tsv', ''), `${file}:${at + 2}`));
  });
}

function readQuestion(line: string, kind: string, place: string): JudgedQuestion {
  const [written = '', data = '', must = '', mustNot = '', first = '', relaxed = '', how = '', ...more] =
    line.split('\t');
  if (!(data in SNAPSHOTS) || must === '' || more.length > 0) throw new Error(`${place} is not a question: "${line}"`);
  const words = how.split(' ').filter(Boolean);
  const params = words.filter((word) => word.includes('='));
  const others = words.filter((word) => !word.includes('=') && word !== 'natural');
  if (others.length > 0) throw new Error(`${place} has the unknown words "${others.join(' ')}" in its column "how"`);
  return {
    kind,
    // JSON escapes such as \u200b and \t write the characters that a line of the table cannot contain.
    text: written.replace(/\\(?:t|n|u[0-9a-f]{4})/g, (escaped) => JSON.parse(`"${escaped}"`)),
    data: data as SnapshotName,
    must,
    mustNot,
    first,
    relaxed,
    isNatural: words.includes('natural'),
    params: Object.fromEntries(new URLSearchParams(params.join('&'))),
  };
}

/** The patterns of foods by name. */
export function readFoods(): Foods {
  const lines = readFileSync(FOODS, 'utf8').trimEnd().split('\n').slice(1);
  const foods = new Map<string, string>();
  for (const line of lines) {
    const [name = '', pattern = ''] = line.split('\t');
    // A food may be made of foods: {pork} is the pattern of pork.
    const whole = pattern.replace(/\{([^}]+)\}/g, (_, other: string) => foods.get(other) ?? missing(other));
    foods.set(name, whole);
  }
  return foods;
}

function missing(name: string): never {
  throw new Error(`${FOODS} uses "${name}" before it is defined`);
}
