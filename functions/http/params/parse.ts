import type { ParameterFault } from '../openapi/schemas/problem.ts';
import { ProblemError } from '../responses/problem.ts';
import type { Param, ValuesOf } from './parameters.ts';

export type Parsed<Table extends Record<string, Param>> = {
  readonly values: ValuesOf<Table>;
  /** Parameters that were given, by our name. */
  readonly given: ReadonlySet<keyof Table>;
  readonly warnings: string[];
  readonly faults: ParameterFault[];
};

/**
 * Reads the parameters of a table from a query string. A parameter without text counts as not given, because HTML forms
 * send those. Unknown ones warn, so that `utm_source` breaks no link. All faults are collected, none is thrown.
 */
export function readParams<Table extends Record<string, Param>>(table: Table, params: URLSearchParams): Parsed<Table> {
  const names = namesOf(table);
  const texts = new Map<keyof Table & string, { as: string; text: string }>();
  const warnings: string[] = [];
  const faults: ParameterFault[] = [];
  for (const [as, text] of params) {
    const name = names.get(as);
    const before = name && texts.get(name);
    if (!name) warnings.push(`unknown parameter ${quoteForMessage(as)} was ignored`);
    else if (text.trim() === '') continue;
    else if (!before) texts.set(name, { as, text: text.trim() });
    else if (table[name]?.repeatable) before.text += `,${text}`;
    else faults.push({ parameter: as, detail: 'was given more than once' });
  }
  const values: Record<string, unknown> = {};
  for (const [name, { as, text }] of texts) {
    const { read, expects } = table[name] as Param;
    const value = read(text);
    if (value !== undefined) values[name] = value;
    else faults.push({ parameter: as, detail: `must be ${expects}, got ${quoteForMessage(text)}` });
  }
  return { values: values as ValuesOf<Table>, given: new Set(texts.keys()), warnings: warnings.slice(0, 20), faults };
}

/** All names of a table's parameters, to ours; read once. */
const namesOfTables = new WeakMap<Record<string, Param>, ReadonlyMap<string, string>>();
function namesOf(table: Record<string, Param>): ReadonlyMap<string, string> {
  const known = namesOfTables.get(table);
  if (known) return known;
  const names = new Map<string, string>();
  for (const [name, { aliases = [] }] of Object.entries(table)) {
    for (const alias of [name, ...aliases]) names.set(alias, name);
  }
  namesOfTables.set(table, names);
  return names;
}

/** @throws ProblemError `invalid-parameters` naming every fault, if there is one. */
export function refuseFaults(faults: readonly ParameterFault[]): void {
  if (faults.length === 0) return;
  const detail = faults.map((fault) => `${fault.parameter} ${fault.detail}`).join('; ');
  throw new ProblemError('invalid-parameters', detail, [...faults]);
}

/** A caller's text as it may stand in a message: quoted, at most 60 characters, no control characters. */
export function quoteForMessage(text: string): string {
  const clean = text.replace(/\p{C}/gu, '\ufffd');
  return `"${clean.length > 60 ? `${clean.slice(0, 60)}…` : clean}"`;
}
