import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readAws } from '../../../functions/aws/environment.ts';
import { SETTINGS } from '../../../functions/config/settings.ts';
import { METRICS } from '../../../functions/observe/metric-names.ts';
import { escapeNonAscii } from '../../../infra/stack/ascii-values.ts';
import { grants } from './grants.ts';
import { at, type Json, Outputs, ofType, only, Parameters, Resources, text } from './template.ts';

describe('the functions', () => {
  const functions = ofType('AWS::Lambda::Function');

  it('run on Node 24 and arm64, with known settings only', () => {
    const known = Object.values<{ env: string }>(SETTINGS).map(({ env }) => env);
    // Records every variable that is read; all of them exist, so that none is skipped.
    const record = (_: object, name: string) => `${known.push(name)}`;
    readAws(new Proxy<Record<string, string>>({}, { get: record }));
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

  it('have the same defaults as a process', () => {
    const defaults = new Map<string, unknown>(Object.values(SETTINGS).map((one) => [one.env, one.default]));
    const variables = functions.flatMap(([, { Properties }]) =>
      Object.entries(at(Properties, 'Environment', 'Variables') as Record<string, Json>),
    );
    // Variables that are a parameter; ENGINE is the parameter Profile.
    const passed = variables.filter(([name, value]) => defaults.has(name) && String(value) in Parameters);
    expect(new Set(passed.map(([name]) => name))).toEqual(
      new Set(['CITY', 'TILES_URL', 'TILES_ATTRIBUTION', 'ENGINE']),
    );
    defaults.set('TILES_URL', ''); // Those of each city.
    for (const [name, value] of passed)
      expect(Parameters[String(value)]?.Default, name).toBe(escapeNonAscii(String(defaults.get(name))));
  });

  it('are called through an alias of a retained version', () => {
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

  it('write to log groups with a retention time, whose names the scripts know', () => {
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

  it('refresh on a schedule, with retries and a dead-letter queue', () => {
    expect(at(Resources.RefreshSchedule?.Properties, 'Target')).toMatchObject({
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

describe('the policies', () => {
  const actionsOf = (role: string) => (grants.get(role) ?? []).flatMap(({ Action }) => Action).sort();
  const sources = (paths: string[]) => paths.map((path) => readFileSync(path, 'utf8')).join('\n');

  /** Maps each action to the code that needs it. */
  const READS = /method: 'GET'|ask\('GET', key/;
  const TRACES = { 'xray:PutTraceSegments': 'AWS itself', 'xray:PutTelemetryRecords': 'AWS itself' } as const;
  const uses: Record<string, Record<string, RegExp | 'AWS itself'>> = {
    ApiRole: {
      'logs:CreateLogStream': 'AWS itself',
      'logs:PutLogEvents': 'AWS itself',
      's3:GetObject': READS,
      // Without it, S3 answers 403 instead of 404 for a missing object.
      's3:ListBucket': /\[304, 404\]/,
      'es:ESHttpGet': /client\.get\(/,
      'es:ESHttpPost': /client\.search\(/,
      ...TRACES,
    },
    RefreshRole: {
      'logs:CreateLogStream': 'AWS itself',
      'logs:PutLogEvents': 'AWS itself',
      // Lambda sends the function's failures to the queue with the function's role.
      'sqs:SendMessage': 'AWS itself',
      's3:GetObject': READS,
      's3:PutObject': /ask\('PUT'/,
      's3:DeleteObject': /ask\('DELETE'/,
      's3:ListBucket': /list-type=2/,
      'ssm:GetParameter': /AmazonSSM\.GetParameter/,
      'es:ESHttpGet': /indices\.getMapping\(|indices\.get\(/,
      'es:ESHttpPost': /client\.bulk\(/,
      'es:ESHttpPut': /indices\.create\(/,
      'es:ESHttpDelete': /indices\.delete\(/,
      ...TRACES,
    },
    ScheduleRole: { 'lambda:InvokeFunction': 'AWS itself', 'sqs:SendMessage': 'AWS itself' },
    CanaryRole: {
      'lambda:GetAlias': 'AWS itself',
      'lambda:UpdateAlias': 'AWS itself',
      'lambda:GetProvisionedConcurrencyConfig': 'AWS itself',
      'cloudwatch:DescribeAlarms': 'AWS itself',
    },
  };
  const cluster = readdirSync('functions/engine/opensearch').map((name) => `functions/engine/opensearch/${name}`);
  const releases = readdirSync('functions/releases').map((name) => `functions/releases/${name}`);
  const code = sources([...cluster, ...releases, 'functions/aws/parameter-store.ts']);

  it.each(Object.entries(uses))('grant the %s exactly what its code uses', (role, wanted) => {
    expect(new Set(actionsOf(role))).toEqual(new Set(Object.keys(wanted)));
    for (const use of Object.values(wanted)) if (use !== 'AWS itself') expect(code).toMatch(use);
  });

  it('grant no wildcards', () => {
    for (const [, all] of grants) {
      for (const { Action, Resource } of all) {
        expect([Action].flat().filter((action) => action.includes('*'))).toEqual([]);
        // X-Ray has no resources that a policy could name.
        if (String(Action) !== 'xray:PutTraceSegments,xray:PutTelemetryRecords')
          expect([Resource].flat()).not.toContain('*');
      }
    }
    // The only statement with wildcards denies, and its comment says so.
    const lines = text.split('\n');
    for (const [line, content] of lines.entries()) {
      if (/(Action|Principal|Resource): (["']?\*["']?|\w+:\*)$/.test(content.trim())) {
        expect(lines.slice(line - 3, line + 1).join('\n')).toContain('because it denies');
      }
    }
  });

  it('let the API only read from a cluster, and the refresh write only its own indices', () => {
    const paths = (role: string, action: string) =>
      (grants.get(role) ?? [])
        .filter(({ Action }) => [Action].flat().includes(action))
        .flatMap(({ Resource }) => Resource ?? [])
        .map((resource) => resource.split(/\$\{OpenSearchDomainName\}/)[1]);
    expect(paths('ApiRole', 'es:ESHttpPost')).toEqual(['/curbside*/_search', '/curbside*/_msearch']);
    expect(paths('ApiRole', 'es:ESHttpGet')).toEqual(['/curbside*/_doc/*', '/curbside*/_mapping']);
    expect(paths('RefreshRole', 'es:ESHttpPut')).toEqual(['/curbside*']);
  });
});

describe('costs and alarms', () => {
  it('include a cluster only in the profile opensearch', () => {
    expect(Parameters.Profile?.Default).toBe('embedded');
    for (const type of ['AWS::OpenSearchService::Domain', 'AWS::IAM::RolePolicy']) {
      const conditions = ['IsOpenSearch', 'HasOwnCluster', 'HasTracing'];
      for (const [, { Condition }] of ofType(type)) expect(conditions).toContain(Condition);
    }
    expect(only('AWS::OpenSearchService::Domain').Properties).toMatchObject({
      EncryptionAtRestOptions: { Enabled: true },
      NodeToNodeEncryptionOptions: { Enabled: true },
      DomainEndpointOptions: { EnforceHTTPS: true },
    });
  });

  it('cover failures, slow answers and old data', () => {
    const alarms = ofType('AWS::CloudWatch::Alarm');
    expect(alarms.map(([, { Properties }]) => Properties.MetricName ?? 'an expression').sort()).toEqual([
      'ApproximateNumberOfMessagesVisible',
      'Errors',
      'Errors',
      'Throttles',
      'Url5xxCount',
      'UrlRequestLatency',
      'an expression',
    ]);
    for (const [, { Properties }] of alarms) expect(Properties.AlarmActions).toEqual(['Alerts']);
    expect(only('AWS::SNS::Subscription')).toMatchObject({ Condition: 'HasEmail' });
  });

  it('have a dashboard of existing metrics whose widgets do not overlap', () => {
    const { DashboardBody: body } = only('AWS::CloudWatch::Dashboard').Properties;
    type Widget = { x: number; y: number; width: number; height: number; properties: { metrics: unknown[][] } };
    const { widgets } = JSON.parse(String(body).replace(/\$\{[\w:]+\}/g, 'name')) as { widgets: Widget[] };
    const shown = widgets.flatMap(({ properties: { metrics } }) => {
      let before: unknown[] = [];
      // "." repeats the value above it, "..." the whole line above.
      return metrics.flatMap((line) => {
        before = line[0] === '...' ? before : line.map((part, at) => (part === '.' ? before[at] : part));
        return typeof line[0] === 'object' ? [] : `${before[0]} ${before[1]}`;
      });
    });
    const known = [
      ...ofType('AWS::CloudWatch::Alarm').map(
        ([, { Properties }]) => `${Properties.Namespace} ${Properties.MetricName}`,
      ),
      'AWS/Lambda Invocations',
      'AWS/CloudFront Requests',
      'AWS/CloudFront TotalErrorRate',
      `name ${METRICS.releaseAge}`,
    ];
    expect(shown.length).toBeGreaterThan(6);
    expect(shown.filter((metric) => !known.includes(metric))).toEqual([]);
    const squares = widgets.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, k) => `${x + (k % width)},${y + Math.floor(k / width)}`),
    );
    expect(new Set(squares).size).toBe(squares.length);
  });

  it('watch the age of the data of each answer, of which there is one on a site without visitors', async () => {
    const { Metrics, TreatMissingData } = Resources.DataTooOld?.Properties ?? {};
    const [metric, hours] = Metrics as Json[];
    expect(at(metric, 'MetricStat', 'Metric')).toEqual({ Namespace: 'AWS::StackName', MetricName: METRICS.releaseAge });
    const { METRICS_NAMESPACE } = at(Resources.ApiFunction?.Properties, 'Environment', 'Variables') as {
      [key: string]: Json;
    };
    expect(METRICS_NAMESPACE).toBe('AWS::StackName');
    expect(at(hours, 'Expression')).toBe('age / 3600');
    expect(TreatMissingData).toBe('breaching');
    const { ScheduleExpression, Target } = Resources.ReadinessCheck?.Properties ?? {};
    expect(at(Target, 'Arn')).toBe('ApiAlias');
    // Each hour has an answer, even if one check is missed.
    const [, minutes] = /^rate\((\d+) minutes\)$/.exec(String(ScheduleExpression)) ?? [];
    expect(at(metric, 'MetricStat', 'Period')).toBe(3_600);
    expect(Number(minutes) * 2).toBeLessThanOrEqual(60);
    const grant = grants.get('ScheduleRole')?.find(({ Action }) => Action === 'lambda:InvokeFunction');
    expect(grant?.Resource).toContain('ApiAlias');
  });

  it('contain no secret', () => {
    // The app token is in SSM Parameter Store; the template has its name only.
    expect(Parameters).not.toHaveProperty('AppToken');
    expect(Parameters.AppTokenParameter).toMatchObject({ Default: '' });
    expect(text).not.toMatch(/AKIA|ASIA|BEGIN .*PRIVATE KEY/);
    expect(Outputs).toHaveProperty('Url');
  });
});
