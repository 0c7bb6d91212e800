import { awaitCertificate, deleteCertificates, findCertificate, requestCertificate } from './certificate.ts';
import type { Clients } from './clients.ts';
import { checkNameIsFree, readHostedZone } from './hosted-zone.ts';
import { OperatorError } from './operator-error.ts';

export type HostNameInput = {
  readonly stack: string;
  readonly region: string;
  /** The stack's current parameters; empty for a new stack. */
  readonly deployed: Readonly<Record<string, string>>;
  readonly overrides: ReadonlyMap<string, string>;
  readonly pollMs: number;
  readonly print: (line: string) => void;
  readonly confirm: (question: string) => Promise<boolean>;
};

/**
 * With a `HostedZone`, provides the certificate of the `DomainName`: requests it unless there is one, and waits until it is issued.
 * The template creates the records that point to the page. @returns the value of the parameter CertificateArn
 * @throws OperatorError if the zone does not fit, or the certificate is not issued
 */
export async function provideCertificate(
  clients: Clients,
  values: ReadonlyMap<string, string>,
  input: HostNameInput,
): Promise<string> {
  const { deployed, overrides, print, confirm } = input;
  const [host = '', zoneId = '', arn = ''] = ['DomainName', 'HostedZone', 'CertificateArn'].map((name) =>
    values.get(name),
  );
  // A certificate that was requested here is deleted with its host name.
  if (host === '') return deployed.HostedZone ? '' : arn;
  if (zoneId === '') return arn;
  const isSame = deployed.DomainName === host && deployed.HostedZone === zoneId;
  if (isSame && arn !== '' && !overrides.has('CertificateArn')) return arn;
  const zone = await readHostedZone(clients, zoneId, host);
  if (!isSame) await checkNameIsFree(clients, zone, host);
  if (overrides.get('CertificateArn') || (arn !== '' && deployed.DomainName === host)) return arn;
  let own = await findCertificate(clients, input, host);
  if (!own) {
    const question = `Request a certificate of ${host} (no charge), and add its validation record to the zone ${zone.name}?`;
    if (!(await confirm(question))) throw new OperatorError('nothing was requested');
    own = await requestCertificate(clients, input, host);
    print(`certificate of ${host}: requested in us-east-1`);
  }
  await awaitCertificate(clients, own, zone, input);
  return own;
}

/** CloudFront lets go of a certificate some time after the distribution has another, milliseconds. */
const RELEASE_LIMIT_MS = 60_000;

/** After a change of the host name, deletes the certificates of earlier ones. `destroy` deletes those that are still used. */
export async function deleteOtherCertificates(
  clients: Clients,
  values: ReadonlyMap<string, string>,
  input: HostNameInput,
): Promise<void> {
  const { deployed, print } = input;
  const [zone, arn = ''] = [values.get('HostedZone'), values.get('CertificateArn')];
  if ((!zone && !deployed.HostedZone) || arn === (deployed.CertificateArn ?? '')) return;
  const left = await deleteCertificates(clients, input, { ...input, keep: arn, limitMs: RELEASE_LIMIT_MS });
  for (const used of left) print(`CloudFront still uses the certificate ${used}: \`npm run destroy\` deletes it`);
}
