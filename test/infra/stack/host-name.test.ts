import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { certificateLine, deleteAllCertificates, requestCertificate } from '../../../infra/stack/certificate.ts';
import type { Clients } from '../../../infra/stack/clients.ts';
import { deleteOtherCertificates, provideCertificate } from '../../../infra/stack/host-name.ts';
import { noMoto, type RunningService, startMoto } from '../../fixtures/aws-emulators.ts';

const HOST = 'food.example.org';

describe.skipIf(noMoto)('the certificate of a host name in a hosted zone', () => {
  let moto: RunningService;
  let clients: Clients;
  let zone: string;
  let printed: string[];
  beforeAll(async () => {
    vi.stubEnv('MOTO_ACM_VALIDATION_WAIT', '1');
    moto = await startMoto();
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const access = { endpoint: moto.url, region: 'us-east-1', credentials };
    clients = { certificates: new ACMClient(access), dns: new Route53Client(access) } as Clients;
    zone = await createZone('example.org');
  }, 60_000);
  afterAll(() => {
    moto?.stop();
    vi.unstubAllEnvs();
  });
  beforeEach(() => {
    printed = [];
  });

  async function createZone(Name: string, isPrivate = false): Promise<string> {
    const { HostedZone } = await clients.dns.send(
      new CreateHostedZoneCommand({
        Name,
        CallerReference: `${Name}-${Math.random()}`,
        HostedZoneConfig: { PrivateZone: isPrivate },
        ...(isPrivate ? { VPC: { VPCRegion: 'us-east-1', VPCId: 'vpc-1' } } : {}),
      }),
    );
    return (HostedZone?.Id ?? '').replace('/hostedzone/', '');
  }
  const input = (deployed: Record<string, string> = {}, overrides: Record<string, string> = {}, yes = true) => ({
    stack: 'curbside',
    region: 'eu-north-1',
    deployed,
    overrides: new Map(Object.entries(overrides)),
    pollMs: 50,
    print: (line: string) => void printed.push(line),
    confirm: async () => yes,
  });
  const valuesOf = (more: Record<string, string> = {}) =>
    new Map(Object.entries({ DomainName: HOST, HostedZone: zone, CertificateArn: '', ...more }));
  const change = (Action: 'CREATE' | 'DELETE', ResourceRecordSet: ResourceRecordSet) =>
    clients.dns.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: zone,
        ChangeBatch: { Changes: [{ Action, ResourceRecordSet }] },
      }),
    );
  const validationRecords = async () => {
    const { ResourceRecordSets = [] } = await clients.dns.send(
      new ListResourceRecordSetsCommand({ HostedZoneId: zone }),
    );
    return ResourceRecordSets.filter(({ Type }) => Type === 'CNAME');
  };
  const certificates = async () => {
    const { CertificateSummaryList = [] } = await clients.certificates.send(new ListCertificatesCommand({}));
    return CertificateSummaryList.map(({ CertificateArn, DomainName }) => [CertificateArn, DomainName]);
  };
  const destroy = () => deleteAllCertificates(clients, input(), input());

  it('is requested after a confirmation, validated in the zone, and found again', async () => {
    await expect(provideCertificate(clients, valuesOf(), input({}, {}, false))).rejects.toThrow(
      'nothing was requested',
    );
    expect(await certificates()).toEqual([]);
    const arn = await provideCertificate(clients, valuesOf(), input());
    expect(await certificates()).toEqual([[arn, HOST]]);
    expect(await validationRecords()).toHaveLength(1);
    expect(printed).toEqual([
      `certificate of ${HOST}: requested in us-east-1`,
      `waiting until AWS has validated ${HOST}, usually for some minutes`,
    ]);
    expect(await certificateLine(clients, arn)).toMatch(/^food.example.org: ISSUED, until 20\d\d-\d\d-\d\d$/);
    // A deployment that failed later is repeated.
    expect(await provideCertificate(clients, valuesOf(), input({}, {}, false))).toBe(arn);
    const deployed = { DomainName: HOST, HostedZone: zone, CertificateArn: arn };
    expect(await provideCertificate(clients, valuesOf(deployed), input(deployed, {}, false))).toBe(arn);
  });

  it('follows the host name, and is deleted with its record', async () => {
    const [[first = ''] = []] = await certificates();
    const deployed = { DomainName: HOST, HostedZone: zone, CertificateArn: first };
    const values = valuesOf({ ...deployed, DomainName: 'eat.example.org' });
    values.set('CertificateArn', await provideCertificate(clients, values, input(deployed)));
    expect(values.get('CertificateArn')).not.toBe(first);
    await deleteOtherCertificates(clients, values, input(deployed));
    expect(await certificates()).toEqual([[values.get('CertificateArn'), 'eat.example.org']]);
    expect(await validationRecords()).toHaveLength(1);
    // Without a host name there is none.
    const none = valuesOf({ DomainName: '', HostedZone: '', CertificateArn: values.get('CertificateArn') ?? '' });
    expect(await provideCertificate(clients, none, input(Object.fromEntries(values)))).toBe('');
    expect(await destroy()).toEqual([]);
    expect([await certificates(), await validationRecords()]).toEqual([[], []]);
  });

  it('leaves a validation record that was there before, for other certificates of the name', async () => {
    await provideCertificate(clients, valuesOf(), input());
    const [record] = await validationRecords();
    if (!record) throw new Error('there is no validation record');
    await destroy();
    await change('CREATE', record);
    await provideCertificate(clients, valuesOf(), input());
    await destroy();
    expect(await validationRecords()).toEqual([record]);
    await change('DELETE', record);
  });

  it('keeps its record while an earlier certificate of the same name is deleted', async () => {
    const failed = await provideCertificate(clients, valuesOf(), input());
    const next = await requestCertificate(clients, input(), HOST);
    await deleteOtherCertificates(clients, valuesOf({ CertificateArn: next }), input({ CertificateArn: failed }));
    expect(await certificates()).toEqual([[next, HOST]]);
    expect(await validationRecords()).toHaveLength(1);
    await destroy();
    expect(await validationRecords()).toEqual([]);
  });

  it('is not requested if the name or its zone cannot work', async () => {
    const refusal = (more: Record<string, string>) =>
      provideCertificate(clients, valuesOf(more), input()).then(
        () => 'accepted',
        (error: Error) => error.message,
      );
    expect(await refusal({ HostedZone: 'ZNOWHERE' })).toMatch(/ZNOWHERE is not in this account/);
    expect(await refusal({ HostedZone: await createZone('example.org', true) })).toMatch(/is private/);
    for (const other of ['food.example.com', 'badexample.org']) {
      expect(await refusal({ DomainName: other })).toContain(`the zone of example.org, which ${other} is not part of`);
    }
    const taken: ResourceRecordSet = { Name: HOST, Type: 'A', TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }] };
    await change('CREATE', taken);
    expect(await refusal({})).toMatch(/already has a record for food.example.org \(A\)/);
    await change('DELETE', taken);
    expect(await certificates()).toEqual([]);
  });

  it('may be the operator’s own', async () => {
    const own = { CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/own' };
    expect(await provideCertificate(clients, valuesOf(own), input({}, own))).toBe(own.CertificateArn);
    expect(await provideCertificate(clients, valuesOf({ ...own, HostedZone: '' }), input())).toBe(own.CertificateArn);
    expect(await certificates()).toEqual([]);
  });
});
