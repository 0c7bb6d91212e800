import type { ParameterFault } from '../openapi/schemas/problem.ts';
import { MAX_FAULTS } from '../responses/fault-limit.ts';
import { ProblemError } from '../responses/problem.ts';
import type { Param, ValuesOf } from './parameters.ts';

export type ParsedParams<Table extends Record<string, Param>> = {
  readonly values: ValuesOf<Table>;
  /** Parameters that the caller set, including those with faults; aliases under their main name. */
  readonly given: ReadonlySet<keyof Table>;
  readonly warnings: string[];
  readonly faults: ParameterFault[];
};

/**
 * Parses the parameters of a table from a query string. A parameter without text counts as not given, because HTML forms send those.
 * An unknown one causes a warning only, so that `utm_source` breaks no link. Faults are collected, not thrown.
 */
export function parseParams<Table extends Record<string, Param>>(
  table: Table,
  params: URLSearchParams,
): ParsedParams<Table> {
  assertCount(params);
  const names = namesOf(table);
  const texts = new Map<keyof Table & string, { as: string; text: string }>();
  const warnings: string[] = [];
  const faults: ParameterFault[] = [];
  for (const [as, text] of params) {
    const name = names.get(as);
    const earlier = name && texts.get(name);
    if (!name) warnings.push(`unknown parameter ${quoteForMessage(as)} was ignored`);
    else if (text.trim() === '') continue;
    else if (!earlier) texts.set(name, { as, text: text.trim() });
    else if (table[name]?.repeatable) earlier.text += `,${text}`;
    else faults.push({ parameter: as, detail: 'was given more than once' });
  }
  const values: Record<string, unknown> = {};
  for (const [name, { as, text }] of texts) {
    const { parse, expects } = table[name] as Param;
    const value = parse(text);
    if (value !== undefined) values[name] = value;
    else faults.push({ parameter: as, detail: mustBe(expects, text) });
  }
  return { values: values as ValuesOf<Table>, given: new Set(texts.keys()), warnings: limitWarnings(warnings), faults };
}

/** All parameters of `/search` with lists of 20 values, each as a parameter of its own, are fewer. */
const MAX_PARAMETERS = 200;

function assertCount({ size }: URLSearchParams): void {
  if (size <= MAX_PARAMETERS) return;
  const detail = `The query has ${size} parameters; at most ${MAX_PARAMETERS} are accepted`;
  throw new ProblemError('invalid-parameters', detail);
}

/** Most warnings in a response. */
const MAX_WARNINGS = 20;

/** The first warnings, and how many more there are. */
export function limitWarnings(warnings: readonly string[]): string[] {
  if (warnings.length <= MAX_WARNINGS) return [...warnings];
  const shown = warnings.slice(0, MAX_WARNINGS - 1);
  return [...shown, `${warnings.length - shown.length} more warnings are left out`];
}

/** Names and aliases of a table's parameters to their main name; built once. */
const namesOfTables = new WeakMap<Record<string, Param>, ReadonlyMap<string, string>>();
function namesOf(table: Record<string, Param>): ReadonlyMap<string, string> {
  const cached = namesOfTables.get(table);
  if (cached) return cached;
  const names = new Map<string, string>();
  for (const [name, { aliases = [] }] of Object.entries(table)) {
    for (const alias of [name, ...aliases]) names.set(alias, name);
  }
  namesOfTables.set(table, names);
  return names;
}

/** @throws ProblemError `invalid-parameters` with every fault, if there are any. */
export function throwFaults(faults: readonly ParameterFault[]): void {
  if (faults.length === 0) return;
  const sentences = faults.slice(0, MAX_FAULTS).map((fault) => `${fault.parameter} ${fault.detail}`);
  const more = faults.length - sentences.length;
  const detail = [...sentences, ...(more > 0 ? [`and ${more} more faults: errors lists the first ${MAX_FAULTS}`] : [])];
  throw new ProblemError('invalid-parameters', detail.join('; '), [...faults]);
}

/** The detail of a fault. */
export function mustBe(expects: string, text: string): string {
  return `must be ${expects}, got ${quoteForMessage(text)}`;
}

/** Longest text of a caller that a message repeats, characters. */
const MAX_QUOTED = 60;

/** A caller's text in a message: quoted, at most {@link MAX_QUOTED} characters, without control characters. */
export function quoteForMessage(text: string): string {
  const clean = text.slice(0, MAX_QUOTED).replace(/\p{C}/gu, '\ufffd');
  return `"${text.length > MAX_QUOTED ? `${clean}…` : clean}"`;
}
