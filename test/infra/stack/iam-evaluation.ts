import { at, type Json } from './template.ts';

/** A statement of a policy whose CloudFormation functions have been evaluated. */
export type PolicyStatement = {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
};

export type AccessRequest = {
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request, such as `iam:PermissionsBoundary`. */
  readonly context?: Readonly<Record<string, string>>;
};

const list = (value: string | readonly string[] = []) => [value].flat();

/** Whether a pattern of IAM matches a whole text: `*` is any text, `?` any character. */
function matches(pattern: string, text: string): boolean {
  const parts = pattern.split(/([*?])/).map((part) => {
    if (part === '*') return '.*';
    return part === '?' ? '.' : part.replace(/[\\^$.|+(){}[\]]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`, 's').test(text);
}

/**
 * Whether IAM allows a request by these statements, as its documentation describes the evaluation: a matching `Deny` wins, and
 * without a matching `Allow` the request is denied. Supports the one condition operator that this project uses.
 * @throws Error for another operator
 */
export function isAllowed(statements: readonly PolicyStatement[], { action, resource, context = {} }: AccessRequest) {
  const matching = statements.filter(
    (statement) =>
      list(statement.Action).some((one) => matches(one.toLowerCase(), action.toLowerCase())) &&
      (statement.Resource === undefined || list(statement.Resource).some((one) => matches(one, resource))) &&
      Object.entries(statement.Condition ?? {}).every(([operator, keys]) => {
        if (operator !== 'StringEquals') throw new Error(`the condition operator ${operator} is not supported`);
        return Object.entries(keys).every(([key, values]) => list(values).includes(context[key] ?? '\0'));
      }),
  );
  return matching.length > 0 && matching.every(({ Effect }) => Effect === 'Allow');
}

/** The statements of a policy document, of a resource with a `PolicyDocument`, or of a list of these. */
export function statementsIn(policies: Json): PolicyStatement[] {
  return [policies].flat().flatMap((one) => {
    const document = at(one, 'PolicyDocument') ?? one;
    return at(document, 'Statement') as unknown as PolicyStatement[];
  });
}
