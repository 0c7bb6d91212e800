import { createHash } from 'node:crypto';
import type { Parameter } from '@aws-sdk/client-cloudformation';
import { type Document, isMap, parseDocument } from 'yaml';
import { conditionsOf } from './conditions.ts';
import { OperatorError } from './operator-error.ts';

/** A template as text, and what a deployment needs to know of it. */
export type Template = {
  readonly text: string;
  /** Parameter to its default; `undefined`: it has to be given. */
  readonly parameters: ReadonlyMap<string, string | undefined>;
  /** Parameters whose value CloudFormation never shows. */
  readonly secret: ReadonlySet<string>;
  /** Resource to its type, of those that these values make. */
  made(values: ReadonlyMap<string, string>): ReadonlyMap<string, string>;
};

/** Reads a template; CloudFormation's own tags (`!Ref`, …) stay as they are. */
export function readTemplate(text: string): Template {
  const document = parse(text);
  const entries = (key: string) => Object.entries((document.toJS() as Record<string, Record<string, Body>>)[key] ?? {});
  return {
    text,
    parameters: new Map(
      entries('Parameters').map(([name, { Default }]) => [name, Default === undefined ? undefined : String(Default)]),
    ),
    secret: new Set(entries('Parameters').flatMap(([name, { NoEcho }]) => (NoEcho ? [name] : []))),
    made: (values) => {
      const holds = conditionsOf(document, values);
      const made = entries('Resources').filter(([, { Condition }]) => !Condition || holds.get(Condition));
      return new Map(made.map(([name, { Type }]) => [name, Type ?? '']));
    },
  };
}

type Body = {
  readonly Type?: string;
  readonly Condition?: string;
  readonly Default?: unknown;
  readonly NoEcho?: boolean;
};

function parse(text: string): Document {
  // Unknown tags are CloudFormation's: only names and types are read, so that their values do not matter here.
  return parseDocument(text, { logLevel: 'silent' });
}

/** The template with its bucket alone: what has to be there before code can be put anywhere. */
export function bucketOnly({ text }: Template): string {
  const document = parse(text);
  const resources = document.get('Resources');
  if (!isMap(resources)) throw new Error('the template has no Resources');
  resources.items = resources.items.filter(({ key }) => String(key) === 'Bucket');
  document.delete('Outputs');
  document.delete('Conditions');
  return document.toString({ lineWidth: 0 });
}

/** The template with the API's version named by a revision, so that CloudFormation makes a new one and keeps the old. */
export function withRevision({ text }: Template, revision: string): string {
  return text.replace(/\bApiVersion\b/g, `ApiVersion${revision}`);
}

/** A fingerprint of all that decides what is deployed. Secrets are left out: what is printed nowhere is compared nowhere. */
export function revisionOf({ text, secret }: Template, values: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256').update(text);
  for (const [name, value] of [...values].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (name !== 'Revision' && !secret.has(name)) hash.update(`\0${name}\0${value}`);
  }
  return hash.digest('hex').slice(0, 12);
}

/**
 * The value of every parameter: given now, else as deployed, else the default.
 * @throws Refusal for a name that the template does not have
 */
export function effectiveValues(
  { parameters, secret }: Template,
  given: ReadonlyMap<string, string>,
  deployed: Readonly<Record<string, string>>,
): Map<string, string> {
  for (const name of given.keys()) {
    if (!parameters.has(name))
      throw new OperatorError(`the template has no parameter ${name}; it has ${[...parameters.keys()].join(', ')}`);
  }
  const values = new Map<string, string>();
  for (const [name, fallback] of parameters) {
    const kept = secret.has(name) ? undefined : deployed[name];
    const value = given.get(name) ?? kept ?? fallback;
    if (value !== undefined) values.set(name, value);
  }
  return values;
}

/** As a change set takes them; a secret that was given before stays without being known here. */
export function asParameters(
  { secret }: Template,
  values: ReadonlyMap<string, string>,
  given: ReadonlyMap<string, string>,
  deployed: Readonly<Record<string, string>>,
): Parameter[] {
  return [...values].map(([ParameterKey, ParameterValue]) =>
    secret.has(ParameterKey) && !given.has(ParameterKey) && ParameterKey in deployed
      ? { ParameterKey, UsePreviousValue: true }
      : { ParameterKey, ParameterValue },
  );
}
