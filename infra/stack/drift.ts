import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  type StackResourceDrift,
} from '@aws-sdk/client-cloudformation';
import type { StackResource } from './describe-stack.ts';
import { shortTypeName } from './diff.ts';

export type DriftInput = {
  readonly stack: string;
  readonly resources: readonly StackResource[];
  readonly pollMs: number;
  /** CloudFormation compares one resource after the other, milliseconds. */
  readonly limitMs: number;
};

/**
 * Compares the resources with the template, and names those that were changed or deleted outside of CloudFormation. It names
 * properties without their values, because a value may be a secret.
 */
export async function driftLine(client: CloudFormationClient, input: DriftInput): Promise<string> {
  const { stack, resources, pollMs, limitMs } = input;
  const { StackDriftDetectionId } = await client.send(new DetectStackDriftCommand({ StackName: stack }));
  const request = new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId });
  let failure = '';
  for (const deadline = Date.now() + limitMs; ; await sleep(pollMs)) {
    const { DetectionStatus, DetectionStatusReason = '' } = await client.send(request);
    if (DetectionStatus === 'DETECTION_FAILED') failure = DetectionStatusReason || 'no reason is given';
    if (DetectionStatus !== 'DETECTION_IN_PROGRESS') break;
    if (Date.now() >= deadline) return `still being compared after ${limitMs / 1000} s; --no-drift leaves it out`;
  }
  const compared = (await listDrifts(client, stack)).filter(({ StackResourceDriftStatus: status = '' }) =>
    ['IN_SYNC', 'MODIFIED', 'DELETED'].includes(status),
  );
  const differences = compared.flatMap(describeDifference);
  const known = new Set(compared.map(({ LogicalResourceId }) => LogicalResourceId));
  const others = [...new Set(resources.flatMap(({ name, type }) => (known.has(name) ? [] : [shortTypeName(type)])))];
  return [
    ...(failure ? [`the comparison failed in part: ${failure}`] : []),
    ...(differences.length > 0 ? differences : [`none in ${compared.length} of ${resources.length} resources`]),
    ...(others.length > 0 ? [`CloudFormation cannot compare: ${others.sort().join(', ')}`] : []),
  ].join('\n        ');
}

function describeDifference({
  LogicalResourceId: name,
  ResourceType: type = '',
  StackResourceDriftStatus: status,
  PropertyDifferences = [],
}: StackResourceDrift): string[] {
  if (status === 'IN_SYNC') return [];
  const what = `${name} (${shortTypeName(type)})`;
  if (status === 'DELETED') return [`DELETED ${what}`];
  const paths = PropertyDifferences.map(({ PropertyPath = '' }) => PropertyPath.replace(/^\//, ''));
  const isRollback = type === 'AWS::Lambda::Alias' && paths.includes('FunctionVersion');
  return [`CHANGED ${what}: ${paths.join(', ')}${isRollback ? ' (the code was rolled back)' : ''}`];
}

async function listDrifts(client: CloudFormationClient, stack: string): Promise<StackResourceDrift[]> {
  const drifts: StackResourceDrift[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new DescribeStackResourceDriftsCommand({ StackName: stack, ...(token ? { NextToken: token } : {}) }),
    );
    drifts.push(...(page.StackResourceDrifts ?? []));
    token = page.NextToken;
  } while (token);
  return drifts;
}
