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
import { validationFaults } from './validation-faults.ts';

/** All deployments use this name. CloudFormation allows it once at a time, so it rejects a concurrent deployment. */
const NAME = 'curbside-deploy';

/** A change set older than this was abandoned: its deployment crashed or was never confirmed. Milliseconds. */
const ABANDONED_MS = 30 * 60_000;

export type ChangeSetInput = {
  readonly stack: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly template: string;
  readonly parameters: readonly Parameter[];
  /** Interval between status requests, milliseconds. */
  readonly pollMs: number;
};

export type ChangeSet = { readonly id: string; readonly changes: readonly Change[] };

/**
 * Creates a change set and waits until CloudFormation has computed the changes.
 * @returns `undefined` if nothing would change
 * @throws OperatorError if another deployment has a change set, or CloudFormation rejects this one
 */
export async function createChangeSet(
  client: CloudFormationClient,
  { stack, type, template, parameters, pollMs }: ChangeSetInput,
): Promise<ChangeSet | undefined> {
  await checkNoOtherDeployment(client, stack);
  let id: string;
  try {
    const created = await client.send(
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
    id = created.Id ?? NAME;
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'AlreadyExistsException') throw otherDeploymentError(stack);
    if (name === 'ValidationError') throw new OperatorError(`CloudFormation rejects the template: ${message}`);
    throw error;
  }
  for (;;) {
    const { Status, StatusReason = '', Changes = [], NextToken } = await client.send(describeCommand(stack, id));
    if (Status === 'CREATE_COMPLETE') {
      return { id, changes: [...Changes, ...(await remainingChanges(client, stack, id, NextToken))] };
    }
    if (Status === 'FAILED') {
      const isEmpty = /didn't contain changes|No updates are to be performed/.test(StatusReason);
      // Deleting the change set deletes its events, too.
      const faults = isEmpty ? [] : await validationFaults(client, stack, id);
      await deleteChangeSet(client, stack, id);
      if (isEmpty) return undefined;
      throw new OperatorError([`CloudFormation rejects the change: ${StatusReason}`, ...faults].join('\n'));
    }
    await sleep(pollMs);
  }
}

/** Starts the change. Deletes a change set that cannot start, so that it does not block the next deployment. @throws OperatorError */
export async function executeChangeSet(client: CloudFormationClient, stack: string, id: string): Promise<void> {
  try {
    await client.send(new ExecuteChangeSetCommand({ StackName: stack, ChangeSetName: id }));
  } catch (error) {
    await deleteChangeSet(client, stack, id).catch(() => {});
    if (!/InvalidChangeSetStatus|ChangeSetNotFound|ValidationError/.test((error as Error).name)) throw error;
    throw new OperatorError(
      `the change of ${stack} cannot start, perhaps because another one has started: ${(error as Error).message}`,
    );
  }
}

export async function deleteChangeSet(client: CloudFormationClient, stack: string, id = NAME): Promise<void> {
  await client.send(new DeleteChangeSetCommand({ StackName: stack, ChangeSetName: id }));
}

/** Deletes a finished or abandoned change set. @throws OperatorError if another deployment still uses one */
async function checkNoOtherDeployment(client: CloudFormationClient, stack: string): Promise<void> {
  const existing = await client.send(describeCommand(stack, NAME)).catch((error: Error) => {
    if (/NotFound|does not exist/.test(`${error.name} ${error.message}`)) return undefined;
    throw error;
  });
  if (!existing) return;
  const { CreationTime = new Date(), ExecutionStatus, Status } = existing;
  const isFinished = Status === 'FAILED' || /^(EXECUTE_COMPLETE|EXECUTE_FAILED|OBSOLETE)$/.test(ExecutionStatus ?? '');
  if (!isFinished && Date.now() - CreationTime.getTime() < ABANDONED_MS) throw otherDeploymentError(stack);
  await deleteChangeSet(client, stack);
}

function otherDeploymentError(stack: string): OperatorError {
  return new OperatorError(
    `another deployment of ${stack} is under way: wait until it has finished. If it crashed, its change set expires after half an hour`,
  );
}

function describeCommand(stack: string, id: string, token?: string): DescribeChangeSetCommand {
  return new DescribeChangeSetCommand({
    StackName: stack,
    ChangeSetName: id,
    ...(token ? { NextToken: token } : {}),
  });
}

async function remainingChanges(
  client: CloudFormationClient,
  stack: string,
  id: string,
  token: string | undefined,
): Promise<Change[]> {
  if (!token) return [];
  const { Changes = [], NextToken } = await client.send(describeCommand(stack, id, token));
  return [...Changes, ...(await remainingChanges(client, stack, id, NextToken))];
}
