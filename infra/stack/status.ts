import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { Clients } from './clients.ts';
import { describeStack, listResources } from './describe-stack.ts';
import { listVersions } from './lambda-functions.ts';
import { OperatorError } from './operator-error.ts';

/** Reports the stack's status, URL, code, data and alarms. @throws OperatorError if there is no such stack */
export async function statusReport(clients: Clients, name: string): Promise<string> {
  const stack = await describeStack(clients.cloudFormation, name);
  if (!stack)
    throw new OperatorError(`there is no stack ${name} in this account and region: \`npm run deploy\` creates one`);
  const resources = await listResources(clients.cloudFormation, name);
  const bucket = resources.find((one) => one.name === 'Bucket')?.id;
  // By exact name: a name prefix would also match the alarms of other stacks.
  const alarmNames = resources.filter(({ type }) => type === 'AWS::CloudWatch::Alarm').map(({ id }) => id);
  const unknown = (error: Error) => `unknown: ${error.message}`;
  const [data, code, alarms] = await Promise.all([
    bucket ? dataLine(clients, bucket).catch(unknown) : 'no bucket',
    codeLine(clients, name).catch(unknown),
    alarmLine(clients, alarmNames).catch(unknown),
  ]);
  const { parameters, outputs, status, reason } = stack;
  return [
    `stack   ${name}: ${status}${reason ? ` (${reason})` : ''}`,
    `url     ${outputs.Url ?? 'none yet'}`,
    ...(parameters.DomainName
      ? [`edge    ${outputs.EdgeName}: the DNS record of ${parameters.DomainName} must point to it`]
      : []),
    `profile ${parameters.Profile ?? 'unknown'}`,
    `code    ${code}`,
    `data    ${data}`,
    `alarms  ${alarms}`,
  ].join('\n');
}

async function dataLine({ s3 }: Clients, bucket: string): Promise<string> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'data/current.json' }));
    const { version, branches, previous, confirmedAt } = JSON.parse((await Body?.transformToString()) ?? '{}');
    return `${version}: ${branches} locations, last confirmed ${confirmedAt}; previous releases: ${previous.join(', ') || 'none'}`;
  } catch (error) {
    if ((error as Error).name === 'NoSuchKey') return 'no release yet: `npm run refresh` loads one';
    throw error;
  }
}

async function codeLine({ lambda }: Clients, name: string): Promise<string> {
  const versions = await listVersions(lambda, name);
  return versions
    .slice(0, 5)
    .map(({ number, revision, isLive }) => `${isLive ? 'live: ' : ''}version ${number} (${revision})`)
    .join(', ');
}

async function alarmLine({ alarms }: Clients, AlarmNames: string[]): Promise<string> {
  // Without names AWS lists all alarms of the account.
  if (AlarmNames.length === 0) return 'none';
  const { MetricAlarms = [] } = await alarms.send(new DescribeAlarmsCommand({ AlarmNames }));
  const active = MetricAlarms.filter(({ StateValue }) => StateValue === 'ALARM');
  if (active.length === 0) return `${MetricAlarms.length}, none active`;
  return active
    .map(
      ({ AlarmDescription = '', StateUpdatedTimestamp: at }) =>
        `ACTIVE since ${at?.toISOString()}: ${AlarmDescription}`,
    )
    .join('\n        ');
}
