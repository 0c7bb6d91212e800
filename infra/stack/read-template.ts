import { createHash } from 'node:crypto';
import type { Parameter } from '@aws-sdk/client-cloudformation';
import { type Document, isMap, parseDocument } from 'yaml';
import { evaluateConditions } from './conditions.ts';
import { OperatorError } from './operator-error.ts';

/** The text of a CloudFormation template, and the parts of it that a deployment needs. */
export type Template = {
  readonly text: string;
  /** Maps a parameter to its default; `undefined` for a required parameter. */
  readonly parameters: ReadonlyMap<string, string | undefined>;
  /** Maps each resource that these parameter values create to its type. */
  resourcesFor(values: ReadonlyMap<string, string>): ReadonlyMap<string, string>;
};

/** Reads a template without resolving CloudFormation's own tags (`!Ref`, …). */
export function readTemplate(text: string): Template {
  const document = parse(text);
  const entries = (key: string) =>
    Object.entries((document.toJS() as Record<string, Record<string, Entry>>)[key] ?? {});
  return {
    text,
    parameters: new Map(
      entries('Parameters').map(([name, { Default }]) => [name, Default === undefined ? undefined : String(Default)]),
    ),
    resourcesFor: (values) => {
      const conditions = evaluateConditions(document, values);
      const resources = entries('Resources').filter(([, { Condition }]) => !Condition || conditions.get(Condition));
      return new Map(resources.map(([name, { Type }]) => [name, Type ?? '']));
    },
  };
}

/** The fields of a parameter or resource that are read here. */
type Entry = {
  readonly Type?: string;
  readonly Condition?: string;
  readonly Default?: unknown;
};

function parse(text: string): Document {
  // Silent, because the parser warns of CloudFormation's tags, which it does not know.
  return parseDocument(text, { logLevel: 'silent' });
}

/** The template with only its bucket, which must exist before code can be uploaded. */
export function bucketOnly({ text }: Template): string {
  const document = parse(text);
  const resources = document.get('Resources');
  if (!isMap(resources)) throw new Error('the template has no Resources');
  resources.items = resources.items.filter(({ key }) => String(key) === 'Bucket');
  document.delete('Outputs');
  document.delete('Conditions');
  return document.toString({ lineWidth: 0 });
}

/** The template with the revision in the name of the API's version, so that CloudFormation creates a new version and keeps the old one. */
export function withRevision({ text }: Template, revision: string): string {
  return text.replace(/\bApiVersion\b/g, `ApiVersion${revision}`);
}

/** A hash of the template and its parameter values. */
export function revisionOf({ text }: Template, values: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256').update(text);
  for (const [name, value] of [...values].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (name !== 'Revision') hash.update(`\0${name}\0${value}`);
  }
  return hash.digest('hex').slice(0, 12);
}

/**
 * Resolves the value of every parameter: the override, otherwise the deployed value, otherwise the default.
 * @param defaults those that differ from the template's
 * @throws OperatorError for an override of an unknown parameter
 */
export function resolveParameters(
  { parameters }: Template,
  overrides: ReadonlyMap<string, string>,
  deployed: Readonly<Record<string, string>>,
  defaults: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  for (const name of overrides.keys()) {
    if (!parameters.has(name))
      throw new OperatorError(`the template has no parameter ${name}; it has ${[...parameters.keys()].join(', ')}`);
  }
  const values = new Map<string, string>();
  for (const [name, fallback] of parameters) {
    const value = overrides.get(name) ?? deployed[name] ?? defaults.get(name) ?? fallback;
    if (value !== undefined) values.set(name, value);
  }
  return values;
}

/**
 * Converts values to CloudFormation's parameters. A deployed parameter that was not given again keeps its value without being sent,
 * because the value that CloudFormation has returned may differ from it: it hides secrets and loses characters outside ASCII.
 * @param given names of the parameters that the operator or the deploy script has set
 */
export function toParameters(
  values: ReadonlyMap<string, string>,
  given: ReadonlySet<string>,
  deployed: Readonly<Record<string, string>>,
): Parameter[] {
  return [...values].map(([ParameterKey, ParameterValue]) =>
    ParameterKey in deployed && !given.has(ParameterKey)
      ? { ParameterKey, UsePreviousValue: true }
      : { ParameterKey, ParameterValue },
  );
}
