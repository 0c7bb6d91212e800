import {
  type CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { OperatorError } from './operator-error.ts';

/** What CloudFormation says of a stack. */
export type Stack = {
  readonly id: string;
  readonly status: string;
  readonly reason: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
};

/** A stack's name becomes part of names that take no more than these letters (a search domain's: 28). */
const NAME = /^[a-z][a-z0-9-]{2,19}$/;

/** @throws Refusal */
export function checkName(name: string): string {
  if (!NAME.test(name))
    throw new OperatorError(
      `--stack must be 3 to 20 small letters, digits and dashes, beginning with a letter, got "${name}"`,
    );
  return name;
}

/** @param name of the stack, or its id: a deleted one is only found by id */
export async function describeStack(client: CloudFormationClient, name: string): Promise<Stack | undefined> {
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    if (!stack) return undefined;
    const pairs = (list: readonly (readonly [string | undefined, string | undefined])[]) =>
      Object.fromEntries(list.map(([key, value]) => [key ?? '', value ?? '']));
    return {
      id: stack.StackId ?? name,
      status: stack.StackStatus ?? '',
      reason: stack.StackStatusReason ?? '',
      parameters: pairs((stack.Parameters ?? []).map((one) => [one.ParameterKey, one.ParameterValue])),
      outputs: pairs((stack.Outputs ?? []).map((one) => [one.OutputKey, one.OutputValue])),
    };
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

/** One resource of a stack: the template's name of it, AWS's, and its type. */
export type Made = { readonly name: string; readonly id: string; readonly type: string };

/** What a stack has made so far. */
export async function madeResources(client: CloudFormationClient, stack: string): Promise<Made[]> {
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: stack }));
  return StackResources.flatMap(({ LogicalResourceId: name, PhysicalResourceId: id, ResourceType: type = '' }) =>
    name && id ? [{ name, id, type }] : [],
  );
}

/** Physical ids by the template's names. */
export async function resourceIds(client: CloudFormationClient, stack: string): Promise<Map<string, string>> {
  return new Map((await madeResources(client, stack)).map(({ name, id }) => [name, id]));
}

/**
 * What a deployment may do with a stack as it is: make it, remove what is left of a first try and make it, or change it.
 * @throws Refusal when somebody is changing it, or CloudFormation cannot go on by itself.
 */
export function nextStep(
  name: string,
  stack: Pick<Stack, 'status' | 'reason'> | undefined,
): 'create' | 'remake' | 'update' {
  if (!stack || stack.status === 'REVIEW_IN_PROGRESS') return 'create';
  const { status, reason } = stack;
  if (status.endsWith('_IN_PROGRESS'))
    throw new OperatorError(
      `the stack ${name} is being changed right now (${status}): wait until that is over, then try again`,
    );
  if (status === 'ROLLBACK_COMPLETE' || status === 'CREATE_FAILED') return 'remake';
  if (/^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$/.test(status)) return 'update';
  if (status === 'UPDATE_ROLLBACK_FAILED') {
    throw new OperatorError(
      `the stack ${name} could not be taken back to what it was${reason ? ` (${reason})` : ''}: remove the cause, then \`aws cloudformation continue-update-rollback --stack-name ${name}\`, and deploy again when it is done; or \`npm run destroy\``,
    );
  }
  throw new OperatorError(
    `the stack ${name} is ${status}${reason ? ` (${reason})` : ''}: look at it in CloudFormation's console, or \`npm run destroy\` and deploy again`,
  );
}
