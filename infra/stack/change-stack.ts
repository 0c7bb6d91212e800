import { type CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { type ChangeSetInput, createChangeSet, deleteChangeSet, executeChangeSet } from './change-set.ts';
import { describeStack } from './describe-stack.ts';
import { formatDiff } from './diff.ts';
import { OperatorError } from './operator-error.ts';
import { newestEventId, watchStack } from './stack-events.ts';

/** How a change is followed. */
type Watch = { readonly stack: string; readonly pollMs: number; readonly print: (line: string) => void };

export type ChangeInput = Pick<ChangeSetInput, 'type' | 'template' | 'parameters'> & {
  readonly input: Watch;
  /** Asks the operator, who sees the diff, whether to change the stack. */
  readonly confirmDiff?: ((diff: string) => Promise<boolean>) | undefined;
};

/** Creates or changes the stack, and prints what happens. @returns whether there was anything to change */
export async function changeStack(
  client: CloudFormationClient,
  { input, type, template, parameters, confirmDiff }: ChangeInput,
): Promise<boolean> {
  const { stack, print, pollMs } = input;
  const changeSet = await createChangeSet(client, { stack, type, template, parameters, pollMs });
  if (!changeSet) return false;
  const diff = formatDiff(changeSet.changes);
  if (confirmDiff && !(await confirmDiff(diff))) {
    await deleteChangeSet(client, stack, changeSet.id);
    throw new OperatorError('nothing was changed');
  }
  if (!confirmDiff) print(diff);
  const id = (await describeStack(client, stack))?.id ?? stack;
  const after = await newestEventId(client, id);
  await executeChangeSet(client, stack, changeSet.id);
  await watchStack(client, { id, after, pollMs, print });
  return true;
}

/** Deletes what a failed first deployment has left. */
export async function deleteRemains(
  client: CloudFormationClient,
  id: string,
  { pollMs, print }: Pick<Watch, 'pollMs' | 'print'>,
): Promise<void> {
  print('deleting what is left of the failed first deployment');
  const after = await newestEventId(client, id);
  await client.send(new DeleteStackCommand({ StackName: id }));
  await watchStack(client, { id, after, pollMs, print });
}
