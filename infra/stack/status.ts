import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { Clients } from './clients.ts';
import { versions } from './lambda-functions.ts';
import { OperatorError } from './operator-error.ts';
import { describeStack, madeResources } from './stack.ts';

/** What is deployed, answers, and is wrong, in a few lines. @throws Refusal when there is no such stack */
export async function status(clients: Clients, name: string): Promise<string> {
  const stack = await describeStack(clients.cloudFormation, name);
  if (!stack)
    throw new OperatorError(`there is no stack ${name} in this account and region: \`npm run deploy\` makes one`);
  const made = await madeResources(clients.cloudFormation, name);
  const bucket = made.find((one) => one.name === 'Bucket')?.id;
  // By their beginning, another stack's alarms would come along.
  const alarmNames = made.filter(({ type }) => type === 'AWS::CloudWatch::Alarm').map(({ id }) => id);
  const unknown = (error: Error) => `not known: ${error.message}`;
  const [data, code, alarms] = await Promise.all([
    bucket ? dataLine(clients, bucket).catch(unknown) : 'no bucket',
    codeLine(clients, name).catch(unknown),
    alarmLine(clients, alarmNames).catch(unknown),
  ]);
  return [
    `stack   ${name}: ${stack.status}${stack.reason ? ` (${stack.reason})` : ''}`,
    `url     ${stack.outputs.Url ?? 'none yet'}`,
    ...(stack.parameters.DomainName ? [`edge    ${stack.outputs.EdgeName}: DNS must point the url's name to it`] : []),
    `profile ${stack.parameters.Profile ?? 'not known'}`,
    `code    ${code}`,
    `data    ${data}`,
    `alarms  ${alarms}`,
  ].join('\n');
}

async function dataLine({ s3 }: Clients, bucket: string): Promise<string> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'data/current.json' }));
    const { version, branches, previous, confirmedAt } = JSON.parse((await Body?.transformToString()) ?? '{}');
    return `${version}: ${branches} locations, last confirmed ${confirmedAt}; kept before it: ${previous.join(', ') || 'none'}`;
  } catch (error) {
    if ((error as Error).name === 'NoSuchKey') return 'no release yet: `npm run refresh` loads one';
    throw error;
  }
}

async function codeLine({ lambda }: Clients, name: string): Promise<string> {
  const found = await versions(lambda, name);
  return found
    .slice(0, 5)
    .map(({ number, revision, isLive }) => `${isLive ? 'live: ' : ''}version ${number} (${revision})`)
    .join(', ');
}

async function alarmLine({ alarms }: Clients, AlarmNames: string[]): Promise<string> {
  // Without names AWS lists everybody's.
  if (AlarmNames.length === 0) return 'none';
  const { MetricAlarms = [] } = await alarms.send(new DescribeAlarmsCommand({ AlarmNames }));
  const bad = MetricAlarms.filter(({ StateValue }) => StateValue === 'ALARM');
  if (bad.length === 0) return `${MetricAlarms.length}, none is on`;
  return bad
    .map(({ AlarmDescription = '', StateUpdatedTimestamp: at }) => `ON since ${at?.toISOString()}: ${AlarmDescription}`)
    .join('\n        ');
}
