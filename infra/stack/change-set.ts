import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Change,
  type CloudFormationClient,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  type Parameter,
} from '@aws-sdk/client-cloudformation';
import { OperatorError } from './operator-error.ts';

/** One name for all deployments: CloudFormation takes it only once at a time, so that of two the second is refused. */
const NAME = 'curbside-deploy';

/** A change set of this age was left by a deployment that died, or is still asking its operator, milliseconds. */
const STALE_MS = 30 * 60_000;

export type ChangeSetInput = {
  readonly stack: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly template: string;
  readonly parameters: readonly Parameter[];
  /** Between two looks, milliseconds. */
  readonly pollMs: number;
};

/** What would be done, and by which name CloudFormation knows it. */
export type ChangeSet = { readonly id: string; readonly changes: readonly Change[] };

/**
 * Makes a change set and waits until CloudFormation has compared.
 * @returns what would change; `undefined` when nothing would.
 * @throws Refusal when another deployment has one, or it cannot be made.
 */
export async function makeChangeSet(
  client: CloudFormationClient,
  { stack, type, template, parameters, pollMs }: ChangeSetInput,
): Promise<ChangeSet | undefined> {
  await refuseSecond(client, stack);
  let id: string;
  try {
    const made = await client.send(
      new CreateChangeSetCommand({
        StackName: stack,
        ChangeSetName: NAME,
        ChangeSetType: type,
        TemplateBody: template,
        Parameters: [...parameters],
        Capabilities: ['CAPABILITY_IAM'],
        Tags: [{ Key: 'application', Value: 'curbside' }],
      }),
    );
    id = made.Id ?? NAME;
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'AlreadyExistsException') throw secondOf(stack);
    if (name === 'ValidationError') throw new OperatorError(`CloudFormation does not take the template: ${message}`);
    throw error;
  }
  for (;;) {
    const { Status, StatusReason = '', Changes = [], NextToken } = await client.send(describe(stack, id));
    if (Status === 'CREATE_COMPLETE') {
      return { id, changes: [...Changes, ...(await moreChanges(client, stack, id, NextToken))] };
    }
    if (Status === 'FAILED') {
      await dropChangeSet(client, stack, id);
      if (/didn't contain changes|No updates are to be performed/.test(StatusReason)) return undefined;
      throw new OperatorError(`CloudFormation refuses the change: ${StatusReason}`);
    }
    await sleep(pollMs);
  }
}

/** Begins the change; one that cannot begin is removed, so that the next deployment need not wait for it. @throws Refusal */
export async function executeChangeSet(client: CloudFormationClient, stack: string, id: string): Promise<void> {
  try {
    await client.send(new ExecuteChangeSetCommand({ StackName: stack, ChangeSetName: id }));
  } catch (error) {
    await dropChangeSet(client, stack, id).catch(() => {});
    if (!/InvalidChangeSetStatus|ChangeSetNotFound|ValidationError/.test((error as Error).name)) throw error;
    throw new OperatorError(
      `the change of ${stack} cannot begin, perhaps another one has: ${(error as Error).message}`,
    );
  }
}

export async function dropChangeSet(client: CloudFormationClient, stack: string, id = NAME): Promise<void> {
  await client.send(new DeleteChangeSetCommand({ StackName: stack, ChangeSetName: id }));
}

/** @throws Refusal when a change set is there that may still be wanted; an old or a spent one is removed. */
async function refuseSecond(client: CloudFormationClient, stack: string): Promise<void> {
  const found = await client.send(describe(stack, NAME)).catch((error: Error) => {
    if (/NotFound|does not exist/.test(`${error.name} ${error.message}`)) return undefined;
    throw error;
  });
  if (!found) return;
  const { CreationTime = new Date(), ExecutionStatus, Status } = found;
  const isSpent = Status === 'FAILED' || /^(EXECUTE_COMPLETE|EXECUTE_FAILED|OBSOLETE)$/.test(ExecutionStatus ?? '');
  if (!isSpent && Date.now() - CreationTime.getTime() < STALE_MS) throw secondOf(stack);
  await dropChangeSet(client, stack);
}

function secondOf(stack: string): OperatorError {
  return new OperatorError(
    `another deployment of ${stack} is under way (its change set is there): wait for it; one that died is forgotten after half an hour`,
  );
}

function describe(stack: string, id: string, token?: string): DescribeChangeSetCommand {
  return new DescribeChangeSetCommand({
    StackName: stack,
    ChangeSetName: id,
    ...(token ? { NextToken: token } : {}),
  });
}

async function moreChanges(
  client: CloudFormationClient,
  stack: string,
  id: string,
  token: string | undefined,
): Promise<Change[]> {
  if (!token) return [];
  const { Changes = [], NextToken } = await client.send(describe(stack, id, token));
  return [...Changes, ...(await moreChanges(client, stack, id, NextToken))];
}
