import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { DeleteLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionCommand } from '@aws-sdk/client-lambda';
import { deleteAppToken } from './app-token.ts';
import { budgetName, deleteBudget, readBudget } from './budget.ts';
import { deleteAllCertificates } from './certificate.ts';
import type { Clients } from './clients.ts';
import { checkNotChanging, describeStack, resourceIds } from './describe-stack.ts';
import { shortTypeName } from './diff.ts';
import { apiFunctionName, logGroupName, refreshFunctionName } from './lambda-functions.ts';
import { awsErrorMessage, OperatorError } from './operator-error.ts';
import { bucketExists, emptyBucket } from './s3-bucket.ts';
import { newestEventId, watchStack } from './stack-events.ts';
import { checkNotProtected } from './termination-protection.ts';

export type DestroyInput = {
  readonly account: string;
  readonly region: string;
  readonly stack: string;
  readonly pollMs: number;
  readonly print: (line: string) => void;
  /** @returns whether to continue */
  readonly confirm: (question: string) => Promise<boolean>;
};

/** A refresh that finishes during the deletion may write to the bucket again. */
const MAX_ATTEMPTS = 3;

/** Deletes a stack and all its contents, then checks what remains. @throws OperatorError with what remains */
export async function destroy(clients: Clients, input: DestroyInput): Promise<void> {
  const { stack: name, pollMs, print, confirm } = input;
  const { cloudFormation, s3 } = clients;
  const stack = await describeStack(cloudFormation, name);
  if (!stack) {
    const remains = await listRemains(clients, input, []);
    if (remains.length > 0)
      throw new OperatorError(`there is no stack ${name}, but these resources have its name: ${remains.join(', ')}`);
    return print(`there is no stack ${name}, and no resource has its name`);
  }
  // Checked before the bucket is emptied, because CloudFormation would then refuse to delete the stack.
  if (stack.status !== 'DELETE_IN_PROGRESS') checkNotChanging(name, stack.status);
  checkNotProtected(name, stack.isProtected);
  const ids = await resourceIds(cloudFormation, name);
  const buckets = ['Bucket', 'EdgeLogBucket'].flatMap((key) => ids.get(key) ?? []);
  if (!(await confirm(`Delete the stack ${name} with its page, its API and all its data, permanently?`))) {
    throw new OperatorError('nothing was deleted');
  }
  const retained: string[] = [];
  for (let attempt = 1; ; attempt++) {
    for (const bucket of buckets) {
      const deletedVersions = await emptyBucket(s3, bucket);
      if (deletedVersions !== undefined) print(`emptied ${bucket}: ${deletedVersions} versions of objects`);
    }
    const after = await newestEventId(cloudFormation, stack.id);
    await cloudFormation.send(new DeleteStackCommand({ StackName: stack.id }));
    try {
      const skipped = await watchStack(cloudFormation, { id: stack.id, after, pollMs, print });
      for (const { ResourceType: type = '', PhysicalResourceId: id } of skipped) {
        // The versions of a function are deleted with the function.
        if (type !== 'AWS::Lambda::Version') retained.push(`${shortTypeName(type)} ${id}`);
      }
      break;
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !/not empty/i.test((error as Error).message)) throw error;
      print('the bucket was written to in the meantime: trying again');
    }
  }
  // A function that is still running when its log group is deleted creates a new one, without a retention time.
  for (const group of await listLogGroups(clients, name)) {
    await clients.logs.send(new DeleteLogGroupCommand({ logGroupName: group }));
  }
  if (await deleteAppToken(clients.api, name)) print('deleted the app token');
  await removeBudget(clients, input);
  retained.push(...(await removeCertificates(clients, input, stack.parameters.HostedZone ?? '')));
  const { Profile, OpenSearchEndpoint: cluster } = stack.parameters;
  if (Profile === 'opensearch' && cluster) {
    print(
      `the indices curbside-* and the alias curbside remain in ${cluster}, because the cluster does not belong to the stack`,
    );
  }
  const remains = [...retained, ...(await listRemains(clients, input, buckets))];
  if (remains.length > 0)
    throw new OperatorError(`the stack is deleted, but these resources remain: ${remains.join(', ')}`);
  print(`${name} is deleted; nothing is left`);
}

/** Deletes the budget. Without rights on budgets, there is usually none, and the rest is deleted all the same. */
async function removeBudget(clients: Clients, { account, region, stack, print }: DestroyInput): Promise<void> {
  await deleteBudget(clients, { account, region, stack }).catch((error: Error) => {
    const message = awsErrorMessage(error);
    if (message === undefined) throw error;
    print(`the budget ${budgetName(stack, region)} remains if there is one: ${message}`);
  });
}

/** Deletes the certificates that deployments have requested. @returns those that CloudFront still uses */
async function removeCertificates(clients: Clients, input: DestroyInput, zone: string): Promise<string[]> {
  const used = await deleteAllCertificates(clients, input, input).catch((error: Error) => {
    const message = awsErrorMessage(error);
    if (message === undefined) throw error;
    // Most stacks have none, and most credentials without rights on certificates belong to them.
    if (zone !== '') input.print(`the certificate in us-east-1 remains: ${message}`);
    return [];
  });
  return used.map((arn) => `certificate ${arn} (CloudFront still uses it)`);
}

/** Lists existing resources by the names that a stack gives them, even if CloudFormation no longer knows them. */
async function listRemains(
  clients: Clients,
  owner: Pick<DestroyInput, 'account' | 'region' | 'stack'>,
  buckets: readonly string[],
): Promise<string[]> {
  const { stack } = owner;
  const remains = (await listLogGroups(clients, stack)).map((group) => `log group ${group}`);
  for (const name of [apiFunctionName(stack), refreshFunctionName(stack)]) {
    const exists = await clients.lambda.send(new GetFunctionCommand({ FunctionName: name })).then(
      () => true,
      (error: Error) => {
        if (error.name === 'ResourceNotFoundException') return false;
        throw error;
      },
    );
    if (exists) remains.push(`function ${name}`);
  }
  // Credentials that may not read budgets have reported it before.
  const budget = await readBudget(clients, owner).catch(() => null);
  if (budget) remains.push(`budget ${budgetName(stack, owner.region)}`);
  for (const bucket of buckets) if (await bucketExists(clients.s3, bucket)) remains.push(`bucket ${bucket}`);
  return remains;
}

async function listLogGroups({ logs }: Clients, stack: string): Promise<string[]> {
  const names = [apiFunctionName(stack), refreshFunctionName(stack)].map(logGroupName);
  const pages = await Promise.all(
    // Sorted by name, so a group with exactly this name is the first of those with the prefix.
    names.map((name) => logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name, limit: 1 }))),
  );
  return pages.flatMap(({ logGroups: [group] = [] }) =>
    group?.logGroupName && names.includes(group.logGroupName) ? [group.logGroupName] : [],
  );
}
