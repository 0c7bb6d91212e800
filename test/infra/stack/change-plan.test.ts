import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { changePlan, checkValues, firstPlan, turnsToCluster } from '../../../infra/stack/change-plan.ts';
import { conditionsOf } from '../../../infra/stack/conditions.ts';
import { estimate } from '../../../infra/stack/cost.ts';
import { effectiveValues, readTemplate } from '../../../infra/stack/read-template.ts';

const template = readTemplate(readFileSync('infra/template.yaml', 'utf8'));
const valuesOf = (given: Record<string, string>) => effectiveValues(template, new Map(Object.entries(given)), {});
const CLUSTER = { Profile: 'opensearch' };
const ELSEWHERE = { ...CLUSTER, OpenSearchEndpoint: 'https://search.example.org' };
const EMAIL = { AlertEmail: 'me@example.org' };

describe('what a first deployment says that it will make', () => {
  const types = (given: Record<string, string>) => [...template.made(valuesOf(given)).values()];

  it.each([
    ['AWS::SNS::Subscription', {}, 0],
    ['AWS::SNS::Subscription', EMAIL, 1],
    ['AWS::Budgets::Budget', {}, 0],
    ['AWS::Budgets::Budget', EMAIL, 1],
    ['AWS::Budgets::Budget', { ...EMAIL, MonthlyBudgetUsd: '0' }, 0],
    ['AWS::OpenSearchService::Domain', {}, 0],
    ['AWS::OpenSearchService::Domain', CLUSTER, 1],
    ['AWS::OpenSearchService::Domain', ELSEWHERE, 0],
    ['AWS::IAM::RolePolicy', {}, 0],
    ['AWS::IAM::RolePolicy', ELSEWHERE, 2],
    ['AWS::Lambda::Function', {}, 2],
  ])('%s, given %j: %i', (type, given, count) => {
    expect(types(given).filter((one) => one === type)).toHaveLength(count);
  });

  it('names nothing that it does not make, and no secret', () => {
    const plan = firstPlan(template, valuesOf({ AppToken: 'token-of-the-portal' }));
    expect(plan).toMatch(/^Will create: .*2 x Lambda Function/);
    expect(plan).not.toMatch(/Budget,|OpenSearchService|RolePolicy/);
    expect(plan).not.toContain('token-of-the-portal');
    expect(plan).toContain('Nobody will hear of alarms');
    expect(firstPlan(template, valuesOf(EMAIL))).not.toContain('Nobody will hear');
  });
});

describe('the price that is said before', () => {
  const price = (given: Record<string, string>) =>
    Number(/1,000,000 searches a month: \$(\d+\.\d\d)/.exec(firstPlan(template, valuesOf(given)))?.[1]);
  const estimated = (more: { ownCluster: boolean; apiMemoryMb?: number }) =>
    estimate({ searchesPerMonth: 1e6, apiMemoryMb: 512, ...more }).reduce((sum, { usd }) => sum + usd, 0);

  it('counts memory, and a cluster that is made, but not one that is there', () => {
    expect(price({})).toBeCloseTo(estimated({ ownCluster: false }), 2);
    expect(price({ ApiMemoryMb: '1024' })).toBeCloseTo(estimated({ ownCluster: false, apiMemoryMb: 1024 }), 2);
    expect(price(CLUSTER)).toBeCloseTo(estimated({ ownCluster: true }), 2);
    expect(price(ELSEWHERE)).toBeCloseTo(estimated({ ownCluster: false }), 2);
  });

  it('does not pretend to know what a larger cluster costs', () => {
    const plan = firstPlan(template, valuesOf({ ...CLUSTER, OpenSearchInstanceType: 'r7g.large.search' }));
    expect(plan).toMatch(/and the cluster of one r7g\.large\.search, .* not known here/);
    expect(firstPlan(template, valuesOf(CLUSTER))).not.toContain('not known');
  });

  it('stands beside a change too, with the parameters that change', () => {
    const deployed = {
      Profile: 'embedded',
      LogRetentionDays: '14',
      AppToken: '****',
      Revision: 'a',
      City: 'san-francisco',
    };
    const plan = changePlan(template, valuesOf({ ...CLUSTER, AppToken: 'token-of-the-portal' }), deployed);
    expect(plan).toContain('  Profile: embedded → opensearch');
    expect(plan).toContain('1,000,000 searches a month');
    expect(plan).not.toMatch(/LogRetentionDays|Revision|AppToken|token-of-the-portal/);
  });
});

describe('values that cannot work', () => {
  const check = (given: Record<string, string>, deployed = {}) => checkValues('curbside', valuesOf(given), deployed);

  it('are a name without its certificate, and another city for a stack that has one', () => {
    expect(() => check({ DomainName: 'food.example.org' })).toThrow(/DomainName=food.example.org needs CertificateArn/);
    expect(() => check({ City: 'vancouver' }, { City: 'san-francisco' })).toThrow(/answers for san-francisco.*--stack/);
  });

  it('are not these', () => {
    const CertificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/a';
    expect(() => check({ DomainName: 'food.example.org', CertificateArn })).not.toThrow();
    expect(() => check({ City: 'vancouver' })).not.toThrow();
    expect(() => check({}, { City: 'san-francisco' })).not.toThrow();
  });
});

describe('a stack that turns to a cluster', () => {
  it.each([
    [CLUSTER, { Profile: 'embedded' }, true],
    [CLUSTER, {}, true],
    [ELSEWHERE, { Profile: 'opensearch', OpenSearchEndpoint: '', OpenSearchDomainName: 'curbside' }, true],
    [CLUSTER, { Profile: 'opensearch', OpenSearchEndpoint: '', OpenSearchDomainName: 'curbside' }, false],
    [{}, { Profile: 'opensearch' }, false],
    [{}, {}, false],
  ])('%j, deployed as %j: %s', (given, deployed, turns) => {
    expect(turnsToCluster(valuesOf(given), deployed)).toBe(turns);
  });
});

describe('conditions', () => {
  const of = (text: string, values: Record<string, string> = {}) =>
    Object.fromEntries(conditionsOf(parseDocument(text, { logLevel: 'silent' }), new Map(Object.entries(values))));

  it('are decided as CloudFormation does', () => {
    const text =
      'Conditions: { A: !Equals [!Ref X, "1"], B: !Not [!Condition A], C: !And [!Condition A, !Not [!Equals [!Ref Y, ""]]], D: !Or [!Condition B, !Condition C] }';
    expect(of(text, { X: '1', Y: 'y' })).toEqual({ A: true, B: false, C: true, D: true });
    expect(of(text, { X: '1' })).toEqual({ A: true, B: false, C: false, D: false });
    expect(of(text, { X: '2' })).toEqual({ A: false, B: true, C: false, D: true });
    expect(of('Resources: {}')).toEqual({});
  });

  it('that are written in another way are not guessed', () => {
    expect(() => of('Conditions: { A: !Contains [[a], b] }')).toThrow('a condition has !Contains');
    expect(() => of('Conditions: { A: !Equals [!Sub "a", b] }')).toThrow('a condition has !Sub');
    expect(() => of('Conditions: { A: !Equals [[a], b] }')).toThrow(/no text/);
  });
});
