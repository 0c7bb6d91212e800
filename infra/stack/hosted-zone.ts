import {
  ChangeResourceRecordSetsCommand,
  GetHostedZoneCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import type { Clients } from './clients.ts';
import { OperatorError } from './operator-error.ts';

type Dns = Pick<Clients, 'dns'>;

export type HostedZone = { readonly id: string; readonly name: string; readonly nameServers: readonly string[] };

/** A record that proves to AWS whose name it is. */
export type ValidationRecord = { readonly Name: string; readonly Value: string };

/** Reads the zone of a host name. @throws OperatorError if the zone is missing, private, or of another name */
export async function readHostedZone({ dns }: Dns, id: string, host: string): Promise<HostedZone> {
  const { HostedZone: zone, DelegationSet } = await dns
    .send(new GetHostedZoneCommand({ Id: id }))
    .catch((error: Error) => {
      if (error.name !== 'NoSuchHostedZone') throw error;
      throw new OperatorError(
        `HostedZone=${id} is not in this account: \`aws route53 list-hosted-zones\` lists the ids of those that are`,
      );
    });
  const name = withoutDot(zone?.Name ?? '');
  if (zone?.Config?.PrivateZone) {
    throw new OperatorError(`HostedZone=${id} (${name}) is private: CloudFront needs names that everybody can look up`);
  }
  if (host !== name && !host.endsWith(`.${name}`)) {
    throw new OperatorError(`HostedZone=${id} is the zone of ${name}, which ${host} is not part of`);
  }
  return { id, name, nameServers: DelegationSet?.NameServers ?? [] };
}

/** Checks that the stack can add its records. CloudFormation would notice only after minutes. @throws OperatorError */
export async function checkNameIsFree(dns: Dns, zone: HostedZone, host: string): Promise<void> {
  const types = (await recordsOf(dns, zone.id, host)).map(({ Type }) => Type ?? '');
  const taken = types.filter((type) => ['A', 'AAAA', 'CNAME'].includes(type));
  if (taken.length === 0) return;
  throw new OperatorError(
    `the zone ${zone.name} already has a record for ${host} (${taken.join(', ')}): delete it first, or choose another DomainName`,
  );
}

export async function hasRecord(dns: Dns, zone: string, { Name }: ValidationRecord): Promise<boolean> {
  return (await recordsOf(dns, zone, Name)).length > 0;
}

export async function createRecord({ dns }: Dns, zone: string, record: ValidationRecord): Promise<void> {
  await dns.send(changeCommand('UPSERT', zone, record));
}

/** Deletes the record. Does nothing if it, or its zone, is already deleted. */
export async function deleteRecord({ dns }: Dns, zone: string, record: ValidationRecord): Promise<void> {
  await dns.send(changeCommand('DELETE', zone, record)).catch((error: Error) => {
    if (!/^(InvalidChangeBatch|NoSuchHostedZone)$/.test(error.name)) throw error;
  });
}

function changeCommand(Action: 'UPSERT' | 'DELETE', HostedZoneId: string, { Name, Value }: ValidationRecord) {
  const ResourceRecordSet = { Name, Type: 'CNAME' as const, TTL: 300, ResourceRecords: [{ Value }] };
  return new ChangeResourceRecordSetsCommand({
    HostedZoneId,
    ChangeBatch: { Changes: [{ Action, ResourceRecordSet }] },
  });
}

/** The records of exactly this name, which come first from there on. */
async function recordsOf({ dns }: Dns, HostedZoneId: string, name: string): Promise<ResourceRecordSet[]> {
  const { ResourceRecordSets: records = [] } = await dns.send(
    new ListResourceRecordSetsCommand({ HostedZoneId, StartRecordName: name, MaxItems: 20 }),
  );
  return records.filter(({ Name = '' }) => withoutDot(Name) === withoutDot(name));
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, '');
}
