import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { type BudgetOwner, readBudget } from './budget.ts';
import { certificateLine } from './certificate.ts';
import type { Clients } from './clients.ts';
import { DEAD_LETTERS, deadLetterLine } from './dead-letters.ts';
import { listResources, requireStack, type Stack } from './describe-stack.ts';
import { driftLine } from './drift.ts';
import { listVersions } from './lambda-functions.ts';
import { pointerKey } from './refresh-cities.ts';

/** CloudFormation needs about a second for each resource, milliseconds. */
const DRIFT_LIMIT_MS = 60_000;

export type StatusInput = BudgetOwner & {
  /** Compares the resources with the template. */
  readonly drift: boolean;
  readonly pollMs: number;
};

/** Reports the stack's status, URL, code, data, alarms, failed refreshes, budget and drift. @throws OperatorError if the stack does not exist */
export async function statusReport(clients: Clients, input: StatusInput): Promise<string> {
  const { stack: name, drift: hasDrift, pollMs } = input;
  const stack = await requireStack(clients.cloudFormation, name);
  const resources = await listResources(clients.cloudFormation, name);
  const idOf = (logicalName: string) => resources.find((one) => one.name === logicalName)?.id;
  const [bucket, queue] = [idOf('Bucket'), idOf(DEAD_LETTERS)];
  // By exact name: a name prefix would also match the alarms of other stacks.
  const alarmNames = resources.filter(({ type }) => type === 'AWS::CloudWatch::Alarm').map(({ id }) => id);
  const unknown = (error: Error) => `unknown: ${error.message}`;
  const [data, code, alarms, failed, budget, certificate, drift] = await Promise.all([
    bucket ? dataLines(clients, bucket, stack).catch(unknown) : 'no bucket',
    codeLine(clients, name).catch(unknown),
    alarmLine(clients, alarmNames).catch(unknown),
    queue ? deadLetterLine(clients, queue).catch(unknown) : 'no queue',
    budgetLine(clients, input).catch(unknown),
    stack.parameters.CertificateArn ? certificateLine(clients, stack.parameters.CertificateArn).catch(unknown) : null,
    hasDrift
      ? driftLine(clients.cloudFormation, { stack: name, resources, pollMs, limitMs: DRIFT_LIMIT_MS }).catch(unknown)
      : null,
  ]);
  const { parameters, outputs, status, reason } = stack;
  return [
    `stack   ${name}: ${status}${reason ? ` (${reason})` : ''}`,
    `url     ${outputs.Url ?? 'none yet'}`,
    ...hostNameLines(stack, certificate),
    `profile ${parameters.Profile ?? 'unknown'}`,
    `code    ${code}`,
    `data    ${data}`,
    `alarms  ${alarms}`,
    `failed  ${failed}`,
    `budget  ${budget}`,
    ...(drift === null ? [] : [`drift   ${drift}`]),
  ].join('\n');
}

function hostNameLines({ parameters, outputs }: Stack, certificate: string | null): string[] {
  const { DomainName: host, HostedZone: zone } = parameters;
  if (!host) return [];
  return [
    zone
      ? `edge    ${outputs.EdgeName}: the stack has the records of ${host} in the zone ${zone}`
      : `edge    ${outputs.EdgeName}: the DNS record of ${host} must point to it`,
    ...(certificate === null ? [] : [`cert    ${certificate}`]),
  ];
}

/** The current release of each city. */
async function dataLines(clients: Clients, bucket: string, { parameters }: Stack): Promise<string> {
  const all = (parameters.City ?? '').split(',');
  const lines = await Promise.all(
    all.map(async (id) => {
      const line = await dataLine(clients, bucket, pointerKey(id, all));
      return all.length > 1 ? `${id}: ${line}` : line;
    }),
  );
  return lines.join('\n        ');
}

async function dataLine({ s3 }: Clients, bucket: string, key: string): Promise<string> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
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
    .map(({ number, revision, isLive, share }) => {
      const label = isLive ? 'live: ' : share > 0 ? `${Math.round(share * 100)} % of the calls: ` : '';
      return `${label}version ${number} (${revision})`;
    })
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

async function budgetLine(clients: Clients, owner: BudgetOwner): Promise<string> {
  const budget = await readBudget(clients, owner);
  if (!budget) return 'none: `npm run deploy -- --set AlertEmail=you@example.org` makes one';
  const { limit, spent, forecast } = budget;
  const expected = forecast === null ? '' : `, $${forecast.toFixed(2)} expected by its end`;
  return `$${limit.toFixed(2)} a month for the whole account: $${spent.toFixed(2)} spent this month${expected}`;
}
