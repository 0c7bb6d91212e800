import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AWS_VARIABLES } from '../../functions/aws.ts';
import { SETTINGS } from '../../functions/config.ts';
import { at, type Json, Outputs, ofType, only, Parameters, Resources, text } from './template.ts';

describe('the functions', () => {
  const functions = ofType('AWS::Lambda::Function');

  it('run on the newest Node, on arm64, with settings that config.ts knows', () => {
    const known = [...Object.values(SETTINGS).map(({ env }) => env), ...AWS_VARIABLES] as string[];
    expect(functions.map(([name]) => name)).toEqual(['ApiFunction', 'RefreshFunction']);
    for (const [, { Properties }] of functions) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      const names = Object.keys(at(Properties, 'Environment', 'Variables') as object);
      expect(names).toContain('RELEASES_BUCKET');
      expect(names.filter((name) => !known.includes(name))).toEqual([]);
    }
    expect(at(Resources.ApiFunction?.Properties, 'ReservedConcurrentExecutions')).toContain('HasReservedConcurrency');
    expect(Parameters.ReservedConcurrency?.Default).toBe(0);
  });

  it('are called by an alias and a version that stays', () => {
    expect(only('AWS::Lambda::Version')).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
    expect(only('AWS::Lambda::Alias').Properties).toMatchObject({
      Name: 'live',
      FunctionVersion: 'ApiVersion.Version',
    });
    expect(only('AWS::Lambda::Url').Properties).toMatchObject({ Qualifier: 'live' });
  });

  it('write into logs that are kept for a while only, under the names that the scripts read', () => {
    const groups = ofType('AWS::Logs::LogGroup');
    expect(groups.map(([, { Properties }]) => Properties.RetentionInDays)).toEqual([
      'LogRetentionDays',
      'LogRetentionDays',
    ]);
    expect(functions.map(([, { Properties }]) => at(Properties, 'LoggingConfig', 'LogGroup'))).toEqual(
      groups.map(([name]) => name),
    );
    expect(groups.map(([, { Properties }]) => Properties.LogGroupName)).toEqual(
      functions.map(([, { Properties }]) => `/aws/lambda/${Properties.FunctionName}`),
    );
  });

  it('refresh on a schedule, again when it fails, and leave a letter when it never worked', () => {
    expect(at(only('AWS::Scheduler::Schedule').Properties, 'Target')).toMatchObject({
      Arn: 'RefreshFunction.Arn',
      DeadLetterConfig: { Arn: 'DeadLetters.Arn' },
      RetryPolicy: { MaximumRetryAttempts: 3 },
    });
    expect(only('AWS::Lambda::EventInvokeConfig').Properties).toMatchObject({
      FunctionName: 'RefreshFunction',
      DestinationConfig: { OnFailure: { Destination: 'DeadLetters.Arn' } },
    });
  });
});

describe('who may do what', () => {
  type Statement = { Sid?: string; Effect: string; Action: string | string[]; Resource?: string | string[] };
  const granted = (policies: Json[]) =>
    policies.flatMap((policy) => at(policy, 'PolicyDocument', 'Statement') as unknown as Statement[]);
  const statements = new Map<string, Statement[]>();
  for (const [name, { Properties }] of ofType('AWS::IAM::Role'))
    statements.set(name, granted((Properties.Policies as Json[]) ?? []));
  for (const [, { Properties }] of ofType('AWS::IAM::RolePolicy')) {
    statements.get(String(Properties.RoleName))?.push(...granted([Properties]));
  }
  const actionsOf = (role: string) => (statements.get(role) ?? []).flatMap(({ Action }) => Action).sort();
  const sources = (paths: string[]) => paths.map((path) => readFileSync(path, 'utf8')).join('\n');

  /** Each action, and what in the code (or of AWS itself) asks for it. */
  const READS = /method: 'GET'|ask\('GET', key/;
  const uses: Record<string, Record<string, RegExp | 'AWS itself'>> = {
    ApiRole: {
      'logs:CreateLogStream': 'AWS itself',
      'logs:PutLogEvents': 'AWS itself',
      's3:GetObject': READS,
      // S3 asks for it before it says that something is not there.
      's3:ListBucket': /\[304, 404\]/,
      'es:ESHttpGet': /client\.get\(/,
      'es:ESHttpPost': /client\.search\(/,
    },
    RefreshRole: {
      'logs:CreateLogStream': 'AWS itself',
      'logs:PutLogEvents': 'AWS itself',
      // The function's failures go to the queue by its own role.
      'sqs:SendMessage': 'AWS itself',
      's3:GetObject': READS,
      's3:PutObject': /ask\('PUT'/,
      's3:DeleteObject': /ask\('DELETE'/,
      's3:ListBucket': /list-type=2/,
      'cloudfront:CreateInvalidation': /\/invalidation/,
      'es:ESHttpGet': /indices\.getMapping\(|indices\.get\(/,
      'es:ESHttpPost': /client\.bulk\(/,
      'es:ESHttpPut': /indices\.create\(/,
      'es:ESHttpDelete': /indices\.delete\(/,
    },
    ScheduleRole: { 'lambda:InvokeFunction': 'AWS itself', 'sqs:SendMessage': 'AWS itself' },
  };
  const cluster = readdirSync('functions/engine/opensearch').map((name) => `functions/engine/opensearch/${name}`);
  const embedded = readdirSync('functions/engine/embedded').map((name) => `functions/engine/embedded/${name}`);
  const code = sources([...cluster, ...embedded, 'functions/edge.ts']);

  it.each(Object.entries(uses))('%s has exactly what its code uses', (role, wanted) => {
    expect(new Set(actionsOf(role))).toEqual(new Set(Object.keys(wanted)));
    for (const use of Object.values(wanted)) if (use !== 'AWS itself') expect(code).toMatch(use);
  });

  it('gives nobody everything', () => {
    for (const [, all] of statements) {
      for (const { Action, Resource } of all) {
        expect([Action].flat().filter((action) => action.includes('*'))).toEqual([]);
        expect([Resource].flat()).not.toContain('*');
      }
    }
    // One statement says "everyone, everything": it denies, and says so.
    const lines = text.split('\n');
    for (const [line, content] of lines.entries()) {
      if (/(Action|Principal|Resource): (["']?\*["']?|\w+:\*)$/.test(content.trim())) {
        expect(lines.slice(line - 3, line + 1).join('\n')).toContain('because it denies');
      }
    }
  });

  it('lets the API read a cluster, and the refresh write its own indices', () => {
    const paths = (role: string, action: string) =>
      (statements.get(role) ?? [])
        .filter(({ Action }) => [Action].flat().includes(action))
        .flatMap(({ Resource }) => Resource ?? [])
        .map((resource) => resource.split(/\$\{OpenSearchDomainName\}/)[1]);
    expect(paths('ApiRole', 'es:ESHttpPost')).toEqual(['/curbside*/_search', '/curbside*/_msearch']);
    expect(paths('ApiRole', 'es:ESHttpGet')).toEqual(['/curbside*/_doc/*', '/curbside*/_mapping', '/_cluster/health']);
    expect(paths('RefreshRole', 'es:ESHttpPut')).toEqual(['/curbside*']);
  });
});

describe('what costs and what warns', () => {
  it('needs no cluster unless asked for', () => {
    expect(Parameters.Profile?.Default).toBe('embedded');
    for (const type of ['AWS::OpenSearchService::Domain', 'AWS::IAM::RolePolicy']) {
      for (const [, { Condition }] of ofType(type)) expect(['IsOpenSearch', 'HasOwnCluster']).toContain(Condition);
    }
    expect(only('AWS::OpenSearchService::Domain').Properties).toMatchObject({
      EncryptionAtRestOptions: { Enabled: true },
      NodeToNodeEncryptionOptions: { Enabled: true },
      DomainEndpointOptions: { EnforceHTTPS: true },
    });
  });

  it('warns of failures, of being slow, of old data and of the bill', () => {
    const alarms = ofType('AWS::CloudWatch::Alarm');
    expect(alarms.map(([, { Properties }]) => Properties.MetricName).sort()).toEqual([
      'ApproximateNumberOfMessagesVisible',
      'DataAgeHours',
      'Duration',
      'Errors',
      'Throttles',
      'Url5xxCount',
    ]);
    for (const [, { Properties }] of alarms) expect(Properties.AlarmActions).toEqual(['Alerts']);
    expect(only('AWS::Budgets::Budget')).toMatchObject({ Condition: 'HasBudget' });
    expect(only('AWS::SNS::Subscription')).toMatchObject({ Condition: 'HasEmail' });
  });

  it('reads the age of the data out of a line that the API writes', () => {
    const { Properties } = only('AWS::Logs::MetricFilter');
    const [{ MetricName, MetricValue, MetricNamespace } = {}] = Properties.MetricTransformations as Record<
      string,
      Json
    >[];
    const alarm = Resources.DataTooOld?.Properties;
    expect([MetricName, MetricNamespace]).toEqual([alarm?.MetricName, alarm?.Namespace]);
    expect(MetricValue).toBe('$.ageHours');
    expect(Properties.FilterPattern).toBe('{ $.event = "release" && $.ageHours = * }');
    expect(readFileSync('functions/engine/embedded/follow.ts', 'utf8')).toMatch(/log\('release', \{.*ageHours/);
  });

  it('keeps no secret', () => {
    expect(Parameters.AppToken).toMatchObject({ NoEcho: true, Default: '' });
    expect(text).not.toMatch(/AKIA|ASIA|BEGIN .*PRIVATE KEY/);
    expect(Outputs).toHaveProperty('Url');
  });
});
