import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { DeleteLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionCommand } from '@aws-sdk/client-lambda';
import type { Clients } from './clients.ts';
import { shortType } from './diff.ts';
import { bucketExists, emptyBucket } from './empty-bucket.ts';
import { apiName, refreshName } from './lambda-functions.ts';
import { OperatorError } from './operator-error.ts';
import { describeStack, resourceIds } from './stack.ts';
import { lastEvent, watchStack } from './stack-events.ts';

export type DestroyInput = {
  readonly stack: string;
  readonly pollMs: number;
  readonly say: (line: string) => void;
  /** @returns whether to go on */
  readonly ask: (question: string) => Promise<boolean>;
};

/** A refresh that ends while the bucket is being deleted may write into it again. */
const MAX_TRIES = 3;

/** Removes a stack and all that is in it, and looks afterwards for what is left. @throws Refusal naming what stays */
export async function destroy(clients: Clients, { stack: name, pollMs, say, ask }: DestroyInput): Promise<void> {
  const { cloudFormation, s3 } = clients;
  const stack = await describeStack(cloudFormation, name);
  if (!stack) {
    const left = await leftovers(clients, name, undefined);
    if (left.length > 0)
      throw new OperatorError(`there is no stack ${name}, but these have its name: ${left.join(', ')}`);
    return say(`there is no stack ${name}, and nothing that has its name`);
  }
  // CloudFormation would not delete it, and by then the bucket would be empty.
  if (/(?<!DELETE|REVIEW)_IN_PROGRESS$/.test(stack.status)) {
    throw new OperatorError(
      `the stack ${name} is being changed right now (${stack.status}): wait until that is over, then try again`,
    );
  }
  const bucket = (await resourceIds(cloudFormation, name)).get('Bucket');
  if (!(await ask(`Delete the stack ${name} with its page, its API and all releases of its data, for good?`))) {
    throw new OperatorError('nothing was deleted');
  }
  const kept: string[] = [];
  for (let left = MAX_TRIES; ; left--) {
    const removed = bucket ? await emptyBucket(s3, bucket) : undefined;
    if (removed !== undefined) say(`emptied ${bucket}: ${removed} versions of objects`);
    const after = await lastEvent(cloudFormation, stack.id);
    await cloudFormation.send(new DeleteStackCommand({ StackName: stack.id }));
    try {
      const skipped = await watchStack(cloudFormation, { id: stack.id, after, pollMs, say });
      for (const { ResourceType: type = '', PhysicalResourceId: id } of skipped) {
        // Versions of a function go with it.
        if (type !== 'AWS::Lambda::Version') kept.push(`${shortType(type)} ${id}`);
      }
      break;
    } catch (error) {
      if (left <= 1 || !/not empty/i.test((error as Error).message)) throw error;
      say('the bucket was written to meanwhile; once more');
    }
  }
  // A function that was still running when its log was deleted has made a new one, without retention.
  for (const group of await logGroups(clients, name)) {
    await clients.logs.send(new DeleteLogGroupCommand({ logGroupName: group }));
  }
  const { Profile, OpenSearchEndpoint: cluster } = stack.parameters;
  if (Profile === 'opensearch' && cluster) {
    say(
      `not removed, because the cluster is not this stack's: the indices curbside-* and the alias curbside in ${cluster}`,
    );
  }
  const left = [...kept, ...(await leftovers(clients, name, bucket))];
  if (left.length > 0) throw new OperatorError(`the stack is gone, but this is left: ${left.join(', ')}`);
  say(`${name} is gone; nothing of it is left`);
}

/** What exists by the names that a stack gives, whatever CloudFormation says. */
async function leftovers(clients: Clients, stack: string, bucket: string | undefined): Promise<string[]> {
  const left = (await logGroups(clients, stack)).map((group) => `log group ${group}`);
  for (const name of [apiName(stack), refreshName(stack)]) {
    const exists = await clients.lambda.send(new GetFunctionCommand({ FunctionName: name })).then(
      () => true,
      (error: Error) => {
        if (error.name === 'ResourceNotFoundException') return false;
        throw error;
      },
    );
    if (exists) left.push(`function ${name}`);
  }
  if (bucket && (await bucketExists(clients.s3, bucket))) left.push(`bucket ${bucket}`);
  return left;
}

async function logGroups({ logs }: Clients, stack: string): Promise<string[]> {
  const names = [apiName(stack), refreshName(stack)].map((name) => `/aws/lambda/${name}`);
  const pages = await Promise.all(
    // A name's own group comes first among those that begin with it.
    names.map((name) => logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name, limit: 1 }))),
  );
  return pages.flatMap(({ logGroups: [group] = [] }) =>
    group?.logGroupName && names.includes(group.logGroupName) ? [group.logGroupName] : [],
  );
}
