import {
  type CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { OperatorError } from './operator-error.ts';

/** A stack as CloudFormation describes it. */
export type Stack = {
  readonly id: string;
  readonly status: string;
  readonly reason: string;
  readonly isProtected: boolean;
  readonly parameters: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
};

/** The stack's name is part of other names; the strictest of them, an OpenSearch domain's, allows 28 characters. */
const NAME = /^[a-z][a-z0-9-]{2,19}$/;

/** @throws OperatorError */
export function checkStackName(name: string): string {
  if (!NAME.test(name))
    throw new OperatorError(
      `--stack must be 3 to 20 lowercase letters, digits and dashes, starting with a letter, got "${name}"`,
    );
  return name;
}

/** @param name name or id of the stack; a deleted stack is only found by its id */
export async function describeStack(client: CloudFormationClient, name: string): Promise<Stack | undefined> {
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    if (!stack) return undefined;
    const toRecord = (list: readonly (readonly [string | undefined, string | undefined])[]) =>
      Object.fromEntries(list.map(([key, value]) => [key ?? '', value ?? '']));
    return {
      id: stack.StackId ?? name,
      status: stack.StackStatus ?? '',
      reason: stack.StackStatusReason ?? '',
      isProtected: stack.EnableTerminationProtection === true,
      parameters: toRecord((stack.Parameters ?? []).map((one) => [one.ParameterKey, one.ParameterValue])),
      outputs: toRecord((stack.Outputs ?? []).map((one) => [one.OutputKey, one.OutputValue])),
    };
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

/** Describes a stack that must exist. @throws OperatorError if it does not */
export async function requireStack(client: CloudFormationClient, name: string): Promise<Stack> {
  const stack = await describeStack(client, name);
  if (stack) return stack;
  throw new OperatorError(`there is no stack ${name} in this account and region: \`npm run deploy\` creates one`);
}

/** A resource of a stack: its logical name in the template, its physical id in AWS, and its type. */
export type StackResource = { readonly name: string; readonly id: string; readonly type: string };

/** Lists the resources that a stack has created so far. */
export async function listResources(client: CloudFormationClient, stack: string): Promise<StackResource[]> {
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: stack }));
  return StackResources.flatMap(({ LogicalResourceId: name, PhysicalResourceId: id, ResourceType: type = '' }) =>
    name && id ? [{ name, id, type }] : [],
  );
}

/** Maps logical names to physical ids. */
export async function resourceIds(client: CloudFormationClient, stack: string): Promise<Map<string, string>> {
  return new Map((await listResources(client, stack)).map(({ name, id }) => [name, id]));
}

/** @throws OperatorError while another command or an operator is changing the stack */
export function checkNotChanging(name: string, status: string): void {
  // A stack in REVIEW_IN_PROGRESS is an unexecuted change set.
  if (!/(?<!REVIEW)_IN_PROGRESS$/.test(status)) return;
  throw new OperatorError(
    `the stack ${name} is being changed right now (${status}): wait until that has finished, then try again`,
  );
}

/**
 * Chooses what a deployment does with the stack: create it, delete the remains of a failed first deployment and create
 * it, or update it.
 * @throws OperatorError if the stack is being changed, or CloudFormation cannot continue by itself
 */
export function deploymentStep(
  name: string,
  stack: Pick<Stack, 'status' | 'reason'> | undefined,
): 'create' | 'remake' | 'update' {
  if (!stack || stack.status === 'REVIEW_IN_PROGRESS') return 'create';
  const { status, reason } = stack;
  checkNotChanging(name, status);
  if (status === 'ROLLBACK_COMPLETE' || status === 'CREATE_FAILED') return 'remake';
  if (/^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$/.test(status)) return 'update';
  const suffix = reason ? ` (${reason})` : '';
  if (status === 'UPDATE_ROLLBACK_FAILED') {
    throw new OperatorError(
      `CloudFormation could not roll back the stack ${name}${suffix}: remove the cause, then run \`aws cloudformation continue-update-rollback --stack-name ${name}\` and deploy again; or run \`npm run destroy\``,
    );
  }
  throw new OperatorError(
    `the stack ${name} is ${status}${suffix}: inspect it in the CloudFormation console, or run \`npm run destroy\` and deploy again`,
  );
}
