import {
  type CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { Refusal } from './refusal.ts';

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
    throw new Refusal(
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

/** Physical ids by the template's names. */
export async function resourceIds(client: CloudFormationClient, name: string): Promise<Map<string, string>> {
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: name }));
  return new Map(
    StackResources.flatMap(({ LogicalResourceId: key, PhysicalResourceId: id }) => (key && id ? [[key, id]] : [])),
  );
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
    throw new Refusal(
      `the stack ${name} is being changed right now (${status}): wait until that is over, then try again`,
    );
  if (status === 'ROLLBACK_COMPLETE' || status === 'CREATE_FAILED') return 'remake';
  if (/^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$/.test(status)) return 'update';
  throw new Refusal(
    `the stack ${name} is ${status}${reason ? ` (${reason})` : ''}: look at it in CloudFormation's console, or \`npm run destroy\` and deploy again`,
  );
}
