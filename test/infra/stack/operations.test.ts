import { describe, expect, it } from 'vitest';
import { problem } from '../../../functions/http/responses/problem.ts';
import { checkEdgeOptions } from '../../../infra/stack/edge-options.ts';
import { readTemplate, resolveParameters } from '../../../infra/stack/read-template.ts';
import { at, document, type Json, only, Resources, text } from './template.ts';

const template = readTemplate(text);
const valuesOf = (overrides: Record<string, string>) =>
  resolveParameters(template, new Map(Object.entries(overrides)), {});
const names = (overrides: Record<string, string>) => new Set(template.resourcesFor(valuesOf(overrides)).keys());

describe('what costs extra is a switch', () => {
  it.each([
    ['Dashboard', { WithDashboard: 'yes' }],
    ['EdgeLogBucket', { WithEdgeLogs: 'yes' }],
    ['Firewall', { RequestsPerMinute: '6000' }],
  ])('%s is created with %j, and not by default', (name, overrides) => {
    expect(names({}).has(name)).toBe(false);
    expect(names(overrides).has(name)).toBe(true);
  });

  it('metrics of requests are written only with WithMetrics', () => {
    const variables = at(Resources.ApiFunction?.Properties, 'Environment', 'Variables');
    expect(at(variables, 'REQUEST_METRICS')).toEqual(['HasMetrics', 'on', 'off']);
    expect(document.getIn(['Conditions', 'HasMetrics'])).toMatchObject({ tag: '!Equals' });
    expect([valuesOf({}).get('WithMetrics'), valuesOf({}).get('WithDashboard')]).toEqual(['no', 'no']);
  });

  it('CloudFront uses the firewall, or one of your own', () => {
    const { WebACLId, Logging } = at(only('AWS::CloudFront::Distribution').Properties, 'DistributionConfig') as Record<
      string,
      Json
    >;
    expect(WebACLId).toEqual(['HasFirewall', 'Firewall.Arn', ['HasWebAcl', 'WebAclArn', 'AWS::NoValue']]);
    expect(at(Logging, 0)).toBe('HasEdgeLogs');
  });
});

describe('the firewall', () => {
  const rule = at(Resources.Firewall?.Properties, 'Rules', 0);

  it('counts the requests of an address in a minute', () => {
    expect(at(rule, 'Statement', 'RateBasedStatement')).toEqual({
      AggregateKeyType: 'IP',
      EvaluationWindowSec: 60,
      Limit: 'RequestsPerMinute',
    });
  });

  it('refuses with the problem of a server, and when to try again', () => {
    const response = at(rule, 'Action', 'Block', 'CustomResponse');
    const body = at(
      Resources.Firewall?.Properties,
      'CustomResponseBodies',
      String(at(response, 'CustomResponseBodyKey')),
    );
    const content = String(at(body, 'Content')).replace(/\$\{\w+\}/, '20');
    const detail = 'A client may send 20 requests a minute; please try again in 60 s';
    expect(JSON.parse(content)).toEqual(problem('rate-limited', detail));
    expect(at(response, 'ResponseCode')).toBe(429);
    expect(at(response, 'ResponseHeaders')).toContainEqual({ Name: 'Retry-After', Value: '60' });
  });

  it.each([
    [
      { RequestsPerMinute: '6000' },
      'eu-west-1',
      /needs a stack in us-east-1, .* this one is in eu-west-1: create a web ACL/,
    ],
    [{ RequestsPerMinute: '9' }, 'us-east-1', /is too few: AWS WAF accepts 10 or more/],
    [{ RequestsPerMinute: '10', WebAclArn: 'arn' }, 'us-east-1', /exclude each other/],
    [{ WithEdgeLogs: 'yes' }, 'eu-south-1', /does not work in eu-south-1/],
  ])('%j in %s is refused before anything is created', (overrides, region, message) => {
    expect(() => checkEdgeOptions(valuesOf(overrides as Record<string, string>), region)).toThrow(message);
  });

  it.each([
    [{}, 'eu-south-1'],
    [{ RequestsPerMinute: '10' }, 'us-east-1'],
    [{ WebAclArn: 'arn' }, 'eu-west-1'],
    [{ WithEdgeLogs: 'yes' }, 'eu-west-1'],
  ])('%j in %s is accepted', (overrides, region) => {
    expect(() => checkEdgeOptions(valuesOf(overrides as Record<string, string>), region)).not.toThrow();
  });
});

describe('the alarm of slow answers', () => {
  it('counts the start of a function, as its text says', () => {
    const { Properties } = Resources.ApiSlow ?? {};
    expect(Properties).toMatchObject({
      MetricName: 'UrlRequestLatency',
      ExtendedStatistic: 'p99',
      Threshold: 'MaxP99Milliseconds',
      AlarmDescription: expect.stringContaining('cold starts included'),
    });
    expect(template.parameters.get('MaxP99Milliseconds')).toBe('1500');
  });
});

describe('the logs of CloudFront', () => {
  it('are private, encrypted, and deleted after the retention time of the other logs', () => {
    const { Properties } = Resources.EdgeLogBucket ?? {};
    expect(Resources.EdgeLogBucket?.DeletionPolicy).toBe('Delete');
    expect(Properties).toMatchObject({
      // CloudFront grants itself access with an ACL.
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true },
      LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 'LogRetentionDays' }] },
    });
  });
});
