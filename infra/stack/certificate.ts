import { setTimeout as sleep } from 'node:timers/promises';
import {
  AddTagsToCertificateCommand,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  ListCertificatesCommand,
  ListTagsForCertificateCommand,
  RequestCertificateCommand,
} from '@aws-sdk/client-acm';
import type { Clients } from './clients.ts';
import { createRecord, deleteRecord, type HostedZone, hasRecord, type ValidationRecord } from './hosted-zone.ts';
import { OperatorError } from './operator-error.ts';

/*
 * CloudFront takes certificates of us-east-1 only, and a stack creates resources in its own region only. So the deploy script requests
 * the certificate by ACM's API. Tags say whose it is, and in which zone the script has added its validation record.
 */
const OWNER_TAG = 'curbside:stack';
const ZONE_TAG = 'curbside:validation-zone';

/** AWS validates a name some minutes after its record is there, milliseconds. */
const VALIDATION_LIMIT_MS = 20 * 60_000;
/** CloudFront lets go of a certificate some time after its distribution is deleted, milliseconds. */
const RELEASE_LIMIT_MS = 3 * 60_000;

type Aws = Pick<Clients, 'certificates' | 'dns'>;
type Owner = { readonly stack: string; readonly region: string };
type Progress = { readonly pollMs: number; readonly print: (line: string) => void };

type Certificate = {
  readonly arn: string;
  readonly host: string;
  readonly status: string;
  readonly reason: string;
  readonly until: Date | undefined;
  /** ACM needs seconds to compute it. */
  readonly record: ValidationRecord | undefined;
};

/** The certificate that the script has requested for this host name, unless its validation has failed; `undefined` if there is none. */
export async function findCertificate(aws: Aws, owner: Owner, host: string): Promise<string | undefined> {
  for (const { arn, host: name } of await listOwn(aws, owner)) {
    if (name === host && /^(ISSUED|PENDING_VALIDATION)$/.test((await describe(aws, arn)).status)) return arn;
  }
  return undefined;
}

export async function requestCertificate({ certificates }: Aws, owner: Owner, host: string): Promise<string> {
  const { CertificateArn: arn = '' } = await certificates.send(
    new RequestCertificateCommand({
      DomainName: host,
      ValidationMethod: 'DNS',
      Tags: [
        { Key: OWNER_TAG, Value: ownerName(owner) },
        { Key: 'application', Value: 'curbside' },
      ],
    }),
  );
  return arn;
}

/** Adds the validation record and waits until the certificate is issued. @throws OperatorError if it is not */
export async function awaitCertificate(aws: Aws, arn: string, zone: HostedZone, { pollMs, print }: Progress) {
  const started = Date.now();
  let minutes = 0;
  let isRecorded = false;
  for (;;) {
    const { status, reason, host, record } = await describe(aws, arn);
    if (status === 'ISSUED') return;
    if (status !== 'PENDING_VALIDATION') throw new OperatorError(`the certificate of ${host} is ${status} ${reason}`);
    if (record && !isRecorded) {
      // The record is the same for all certificates of a name in an account; only one that was added here is deleted again.
      if (!(await hasRecord(aws, zone.id, record))) {
        await setZone(aws, arn, zone.id);
        await createRecord(aws, zone.id, record);
      }
      isRecorded = true;
      print(`waiting until AWS has validated ${host}, usually for some minutes`);
    }
    const waited = Date.now() - started;
    if (waited > VALIDATION_LIMIT_MS) {
      throw new OperatorError(
        `the certificate of ${host} is not validated after ${VALIDATION_LIMIT_MS / 60_000} minutes. Does the registrar of ${zone.name} name the zone's servers (${zone.nameServers.join(', ')})? Deploy again to continue to wait`,
      );
    }
    if (Math.floor(waited / 60_000) > minutes) print(`  not validated yet, after ${++minutes} min`);
    await sleep(pollMs);
  }
}

/**
 * Deletes the certificates that the script has requested for a stack, with their validation records.
 * @param keep the one that is in use @returns those that CloudFront still uses
 */
export async function deleteCertificates(
  aws: Aws,
  owner: Owner,
  { keep, limitMs = 0, pollMs, print }: Progress & { readonly keep?: string; readonly limitMs?: number },
): Promise<string[]> {
  const left: string[] = [];
  const own = await listOwn(aws, owner);
  const kept = own.find(({ arn }) => arn === keep);
  for (const { arn, host, zone } of own) {
    if (arn === keep) continue;
    const { record } = await describe(aws, arn);
    const isDeleted = await deleteUnused(aws, arn, { pollMs, limitMs });
    if (!isDeleted) {
      left.push(arn);
      continue;
    }
    // Another certificate of the same name needs the same record.
    if (zone && kept?.host === host) await setZone(aws, kept.arn, zone);
    else if (zone && record) await deleteRecord(aws, zone, record);
    print(`certificate of ${host}: deleted`);
  }
  return left;
}

/** As {@link deleteCertificates}, after the distribution was deleted. */
export function deleteAllCertificates(aws: Aws, owner: Owner, progress: Progress): Promise<string[]> {
  return deleteCertificates(aws, owner, { ...progress, limitMs: RELEASE_LIMIT_MS });
}

/** The state of a certificate in one line. */
export async function certificateLine(aws: Aws, arn: string): Promise<string> {
  const { host, status, reason, until } = await describe(aws, arn);
  return `${host}: ${status}${reason ? ` (${reason})` : ''}${until ? `, until ${until.toISOString().slice(0, 10)}` : ''}`;
}

/** Notes on a certificate in which zone the script has added its record. */
async function setZone({ certificates }: Aws, CertificateArn: string, zone: string): Promise<void> {
  const Tags = [{ Key: ZONE_TAG, Value: zone }];
  await certificates.send(new AddTagsToCertificateCommand({ CertificateArn, Tags }));
}

/** @returns whether it was deleted within the time limit */
async function deleteUnused(
  { certificates }: Aws,
  arn: string,
  { pollMs, limitMs }: { pollMs: number; limitMs: number },
) {
  for (const deadline = Date.now() + limitMs; ; await sleep(pollMs)) {
    try {
      await certificates.send(new DeleteCertificateCommand({ CertificateArn: arn }));
      return true;
    } catch (error) {
      if ((error as Error).name !== 'ResourceInUseException') throw error;
      if (Date.now() >= deadline) return false;
    }
  }
}

async function describe({ certificates }: Aws, arn: string): Promise<Certificate> {
  const { Certificate: one = {} } = await certificates.send(new DescribeCertificateCommand({ CertificateArn: arn }));
  const { Name, Value } = one.DomainValidationOptions?.[0]?.ResourceRecord ?? {};
  return {
    arn,
    host: one.DomainName ?? '',
    status: one.Status ?? '',
    reason: one.FailureReason ?? '',
    until: one.NotAfter,
    record: Name && Value ? { Name, Value } : undefined,
  };
}

/** The certificates with the tag of this stack. */
async function listOwn({ certificates }: Aws, owner: Owner) {
  const own: { arn: string; host: string; zone: string | undefined }[] = [];
  let NextToken: string | undefined;
  do {
    const page = await certificates.send(new ListCertificatesCommand(NextToken ? { NextToken } : {}));
    for (const { CertificateArn: arn = '', DomainName: host = '' } of page.CertificateSummaryList ?? []) {
      const { Tags = [] } = await certificates.send(new ListTagsForCertificateCommand({ CertificateArn: arn }));
      const tags = new Map(Tags.map(({ Key, Value }) => [Key, Value]));
      if (tags.get(OWNER_TAG) === ownerName(owner)) own.push({ arn, host, zone: tags.get(ZONE_TAG) });
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return own;
}

function ownerName({ stack, region }: Owner): string {
  return `${stack}-${region}`;
}
