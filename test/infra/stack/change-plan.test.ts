import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { separateAppToken } from '../../../infra/stack/app-token.ts';
import {
  checkParameters,
  describeChange,
  describeCreation,
  startsUsingCluster,
} from '../../../infra/stack/change-plan.ts';
import { evaluateConditions } from '../../../infra/stack/conditions.ts';
import { estimateCost } from '../../../infra/stack/cost.ts';
import { readTemplate, resolveParameters } from '../../../infra/stack/read-template.ts';
import { text } from './template.ts';

const template = readTemplate(text);
const valuesOf = (overrides: Record<string, string>) =>
  resolveParameters(template, separateAppToken('curbside', new Map(Object.entries(overrides))).overrides, {});
const CLUSTER = { Profile: 'opensearch' };
const ELSEWHERE = { ...CLUSTER, OpenSearchEndpoint: 'https://search.example.org' };
const EMAIL = { AlertEmail: 'me@example.org' };

describe('the description of a new stack', () => {
  const types = (overrides: Record<string, string>) => [...template.resourcesFor(valuesOf(overrides)).values()];

  it.each([
    ['AWS::SNS::Subscription', {}, 0],
    ['AWS::SNS::Subscription', EMAIL, 1],
    ['AWS::OpenSearchService::Domain', {}, 0],
    ['AWS::OpenSearchService::Domain', CLUSTER, 1],
    ['AWS::OpenSearchService::Domain', ELSEWHERE, 0],
    ['AWS::IAM::RolePolicy', {}, 0],
    ['AWS::IAM::RolePolicy', ELSEWHERE, 2],
    ['AWS::Lambda::Function', {}, 2],
    ['AWS::Route53::RecordSet', { DomainName: 'food.example.org' }, 0],
    ['AWS::Route53::RecordSet', { DomainName: 'food.example.org', HostedZone: 'Z1' }, 2],
  ])('%s with %j: %i', (type, overrides, count) => {
    expect(types(overrides).filter((one) => one === type)).toHaveLength(count);
  });

  it('names only resources that will be created, and no secret', () => {
    const plan = describeCreation(template, valuesOf({ AppToken: 'token-of-the-portal' }));
    expect(plan).toMatch(/^Will create: .*2 x Lambda Function/);
    expect(plan).not.toMatch(/OpenSearchService|RolePolicy/);
    expect(plan).not.toContain('token-of-the-portal');
    expect(plan).toContain('Alarms notify nobody');
    expect(describeCreation(template, valuesOf(EMAIL))).not.toContain('notify nobody');
  });
});

describe('the price in the description', () => {
  const price = (overrides: Record<string, string>) =>
    Number(/1,000,000 searches a month: \$(\d+\.\d\d)/.exec(describeCreation(template, valuesOf(overrides)))?.[1]);
  const estimated = (more: { ownCluster: boolean; apiMemoryMb?: number }) =>
    estimateCost({ searchesPerMonth: 1e6, apiMemoryMb: 512, ...more }).reduce((sum, { usd }) => sum + usd, 0);

  it('includes memory and a new cluster, but not an existing one', () => {
    expect(price({})).toBeCloseTo(estimated({ ownCluster: false }), 2);
    expect(price({ ApiMemoryMb: '1024' })).toBeCloseTo(estimated({ ownCluster: false, apiMemoryMb: 1024 }), 2);
    expect(price(CLUSTER)).toBeCloseTo(estimated({ ownCluster: true }), 2);
    expect(price(ELSEWHERE)).toBeCloseTo(estimated({ ownCluster: false }), 2);
  });

  it('says that the price of a larger cluster is not known', () => {
    const plan = describeCreation(template, valuesOf({ ...CLUSTER, OpenSearchInstanceType: 'r7g.large.search' }));
    expect(plan).toMatch(/plus a cluster of one r7g\.large\.search, .* not known here/);
    expect(describeCreation(template, valuesOf(CLUSTER))).not.toContain('not known');
  });

  it('is shown for a change, with the changed parameters', () => {
    const deployed = {
      Profile: 'embedded',
      LogRetentionDays: '14',
      Revision: 'a',
      City: 'san-francisco',
    };
    const plan = describeChange(template, valuesOf({ ...CLUSTER, AppToken: 'token-of-the-portal' }), deployed);
    expect(plan).toContain('  Profile: embedded → opensearch');
    expect(plan).toContain('1,000,000 searches a month');
    expect(plan).toContain('  AppTokenParameter: nothing → /curbside/curbside/app-token');
    expect(plan).not.toMatch(/LogRetentionDays|Revision|token-of-the-portal/);
  });
});

describe('a city that is taken off the list', () => {
  it('is named, with what happens to its releases', () => {
    const deployed = { City: 'san-francisco,vancouver' };
    expect(describeChange(template, valuesOf({ City: 'san-francisco' }), deployed)).toMatch(
      /^vancouver will not be served any more; its releases stay in the bucket, below cities\/vancouver\/$/m,
    );
    expect(describeChange(template, valuesOf(deployed), deployed)).not.toContain('will not be served');
  });
});

describe('checkParameters', () => {
  const check = (overrides: Record<string, string>, deployed = {}) =>
    checkParameters('curbside', valuesOf(overrides), deployed);

  it('rejects a host name without a certificate, and another city for a deployed stack', () => {
    expect(() => check({ DomainName: 'food.example.org' })).toThrow(/DomainName=food.example.org needs CertificateArn/);
    expect(() => check({ HostedZone: 'Z1' })).toThrow(/HostedZone=Z1 needs DomainName/);
    expect(() => check({ City: 'vancouver' }, { City: 'san-francisco' })).toThrow(/serves san-francisco.*--stack/);
    expect(() => check({ City: 'vancouver,san-francisco' }, { City: 'san-francisco' })).toThrow(
      /name san-francisco first/,
    );
  });

  it('accepts a host name with a certificate, and the first or the same city', () => {
    const CertificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/a';
    expect(() => check({ DomainName: 'food.example.org', CertificateArn })).not.toThrow();
    expect(() => check({ DomainName: 'food.example.org', HostedZone: 'Z1' })).not.toThrow();
    expect(() => check({ City: 'vancouver' })).not.toThrow();
    expect(() => check({}, { City: 'san-francisco' })).not.toThrow();
    expect(() => check({ City: 'san-francisco,vancouver' }, { City: 'san-francisco' })).not.toThrow();
    expect(() => check({ City: 'san-francisco' }, { City: 'san-francisco,vancouver' })).not.toThrow();
  });
});

describe('startsUsingCluster', () => {
  it.each([
    [CLUSTER, { Profile: 'embedded' }, true],
    [CLUSTER, {}, true],
    [ELSEWHERE, { Profile: 'opensearch', OpenSearchEndpoint: '', OpenSearchDomainName: 'curbside' }, true],
    [CLUSTER, { Profile: 'opensearch', OpenSearchEndpoint: '', OpenSearchDomainName: 'curbside' }, false],
    [{}, { Profile: 'opensearch' }, false],
    [{}, {}, false],
  ])('%j, deployed as %j: %s', (overrides, deployed, turns) => {
    expect(startsUsingCluster(valuesOf(overrides), deployed)).toBe(turns);
  });
});

describe('evaluateConditions', () => {
  const of = (text: string, values: Record<string, string> = {}) =>
    Object.fromEntries(
      evaluateConditions(parseDocument(text, { logLevel: 'silent' }), new Map(Object.entries(values))),
    );

  it('evaluates conditions as CloudFormation does', () => {
    const text =
      'Conditions: { A: !Equals [!Ref X, "1"], B: !Not [!Condition A], C: !And [!Condition A, !Not [!Equals [!Ref Y, ""]]], D: !Or [!Condition B, !Condition C] }';
    expect(of(text, { X: '1', Y: 'y' })).toEqual({ A: true, B: false, C: true, D: true });
    expect(of(text, { X: '1' })).toEqual({ A: true, B: false, C: false, D: false });
    expect(of(text, { X: '2' })).toEqual({ A: false, B: true, C: false, D: true });
    expect(of('Resources: {}')).toEqual({});
  });

  it('rejects functions that it does not support', () => {
    expect(() => of('Conditions: { A: !Contains [[a], b] }')).toThrow('a condition has !Contains');
    expect(() => of('Conditions: { A: !Equals [!Sub "a", b] }')).toThrow('a condition has !Sub');
    expect(() => of('Conditions: { A: !Equals [[a], b] }')).toThrow(/not text/);
  });
});
