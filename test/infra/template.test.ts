import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isMap, isScalar, isSeq, parseDocument, visit } from 'yaml';
import { AWS_VARIABLES } from '../../functions/aws.ts';
import { SETTINGS } from '../../functions/config.ts';
import { openEmbedded } from '../../functions/engine/embedded/search.ts';
import { createApp } from '../../functions/http/app.ts';
import { bucketOnly, readTemplate, withRevision } from '../../infra/stack/template.ts';
import { town } from '../town.ts';
import { namedIn } from './reduced-template.ts';

const text = readFileSync('infra/template.yaml', 'utf8');
const document = parseDocument(text, { logLevel: 'silent' });

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Resource = { Type: string; Properties: Record<string, Json>; [key: string]: unknown };
const { Parameters, Conditions, Resources, Outputs } = document.toJS() as {
  Parameters: Record<string, { Description?: string; Default?: Json }>;
  Conditions: Record<string, Json>;
  Resources: Record<string, Resource>;
  Outputs: Record<string, Json>;
};
const ofType = (type: string) => Object.entries(Resources).filter(([, { Type }]) => Type === type);
const only = (type: string): Resource => {
  const found = ofType(type);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} resources are ${type}`);
  return found[0][1];
};
/** Whatever is at a path; a wrong path is an error of the test. */
function at(value: unknown, ...path: (string | number)[]): Json {
  let here = value as Json;
  for (const key of path) here = (here as Record<string, Json>)[String(key)] ?? null;
  return here;
}

describe('the template', () => {
  it('is one that a person can read', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(450);
    const undescribed = Object.entries(Parameters).filter(([, { Description }]) => !Description);
    expect(undescribed).toEqual([]);
    // CloudFormation takes no longer ones without a bucket.
    expect(Buffer.byteLength(withRevision(readTemplate(text), 'f'.repeat(12)))).toBeLessThan(51_200);
  });

  it('passes cfn-lint', () => {
    const { status, stdout, error } = spawnSync('cfn-lint', ['infra/template.yaml'], { encoding: 'utf8' });
    if (error && process.env.CI !== 'true')
      return void console.warn('skipped: cfn-lint is not installed (PyPI has it)');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  it('refers to nothing that it does not have', () => {
    const names = new Set([...Object.keys(Parameters), ...Object.keys(Resources)]);
    const refs: string[] = [];
    const conditions: string[] = [];
    visit(document, {
      Node(_key, node) {
        if (isSeq(node) && node.tag === '!If') conditions.push(String(node.get(0)));
        if (!isScalar(node)) return;
        const value = String(node.value);
        if (node.tag === '!Ref' && !value.startsWith('AWS::')) refs.push(value);
        if (node.tag === '!GetAtt') refs.push(value.split('.')[0] ?? '');
        if (node.tag === '!Condition') conditions.push(value);
      },
    });
    for (const { Condition } of Object.values(Resources)) if (Condition) conditions.push(String(Condition));
    // Names of a !Sub's own map are known to it alone.
    visit(document, {
      Seq(_key, node) {
        const map = node.tag === '!Sub' ? node.items[1] : null;
        if (isMap(map)) for (const { key } of map.items) names.add(String(key));
      },
      Scalar(_key, node) {
        if (node.tag === '!Sub') refs.push(...namedIn(String(node.value)));
      },
    });
    expect(refs.length).toBeGreaterThan(50);
    expect(refs.filter((name) => !names.has(name))).toEqual([]);
    expect(conditions.filter((name) => !(name in Conditions))).toEqual([]);
    expect(Object.keys(Conditions).filter((name) => !conditions.includes(name))).toEqual([]);
  });

  it('begins with a bucket alone, of the same template', () => {
    const alone = parseDocument(bucketOnly(readTemplate(text)), { logLevel: 'silent' }).toJS();
    expect(Object.keys(alone.Resources)).toEqual(['Bucket']);
    expect(alone.Resources.Bucket).toEqual(Resources.Bucket);
    expect(alone.Outputs).toBeUndefined();
  });

  it('names a version by its revision, wherever it is meant', () => {
    const renamed = withRevision(readTemplate(text), 'abc');
    expect(renamed).toContain('  ApiVersionabc:\n');
    expect(renamed).toContain('!GetAtt ApiVersionabc.Version');
    expect(renamed).not.toMatch(/\bApiVersion\b/);
  });
});

describe('the bucket', () => {
  it('is private, versioned, encrypted and asked by TLS only', () => {
    const { Properties } = only('AWS::S3::Bucket');
    expect(Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(at(Properties, 'BucketEncryption', 'ServerSideEncryptionConfiguration')).toHaveLength(1);
    const statements = at(only('AWS::S3::BucketPolicy').Properties, 'PolicyDocument', 'Statement') as Record<
      string,
      Json
    >[];
    const [deny, ...rest] = statements;
    expect(deny).toMatchObject({
      Effect: 'Deny',
      Principal: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    // Everybody else is the distribution, and only this one.
    for (const { Principal, Condition } of rest) {
      expect(Principal).toEqual({ Service: 'cloudfront.amazonaws.com' });
      expect(JSON.stringify(Condition)).toMatch(/aws:SourceArn.*distribution\/\$\{Distribution\}/);
    }
  });
});

describe('the edge', () => {
  const distribution = at(only('AWS::CloudFront::Distribution').Properties, 'DistributionConfig');
  const origins = at(distribution, 'Origins') as Record<string, Json>[];
  const behaviors = at(distribution, 'CacheBehaviors') as Record<string, Json>[];

  it('sends every path to an origin that exists', () => {
    const ids = origins.map(({ Id }) => Id);
    const used = [
      at(distribution, 'DefaultCacheBehavior', 'TargetOriginId'),
      ...behaviors.map((one) => one.TargetOriginId),
    ];
    expect(used.filter((id) => !ids.includes(id as string))).toEqual([]);
    expect(ids.filter((id) => !used.includes(id as string))).toEqual([]);
  });

  it('signs what it asks of either origin', () => {
    const kinds = Object.fromEntries(
      ofType('AWS::CloudFront::OriginAccessControl').map(([name, { Properties }]) => [
        name,
        at(Properties, 'OriginAccessControlConfig', 'OriginAccessControlOriginType'),
      ]),
    );
    expect(origins.map(({ Id, OriginAccessControlId }) => [Id, kinds[String(OriginAccessControlId)]])).toEqual([
      ['page', 's3'],
      ['api', 'lambda'],
    ]);
    expect(only('AWS::Lambda::Url').Properties).toMatchObject({ AuthType: 'AWS_IAM' });
  });

  it('may call the function by its URL: both permissions, for this distribution', () => {
    const permissions = ofType('AWS::Lambda::Permission').map(([, { Properties }]) => Properties);
    expect(permissions.map(({ Action }) => Action).sort()).toEqual([
      'lambda:InvokeFunction',
      'lambda:InvokeFunctionUrl',
    ]);
    for (const { Principal, SourceArn, FunctionName } of permissions) {
      expect([Principal, FunctionName]).toEqual(['cloudfront.amazonaws.com', 'ApiAlias']);
      expect(SourceArn).toMatch(/\$\{Distribution\}/);
    }
  });

  it('sends every path of the API to the function, and the page to the bucket', async () => {
    const engine = openEmbedded(town());
    const files = { current: async () => town(), release: async () => undefined, report: async () => undefined };
    const app = createApp({ engine: () => engine, tiles: null, log: () => {}, files });
    const paths = new Set(
      app.routes.filter(({ method }) => method === 'GET').map(({ path }) => path.replace(/\/:.*$/, '/x')),
    );
    paths.delete('/*');
    paths.delete('*');
    expect(paths.size).toBeGreaterThan(8);
    const originOf = (path: string) =>
      behaviors.find(({ PathPattern }) => new RegExp(`^${String(PathPattern).replaceAll('*', '.*')}$`).test(path))
        ?.TargetOriginId ?? 'page';
    expect([...paths].filter((path) => originOf(path) !== 'api')).toEqual([]);
    const pageFiles = readdirSync('dist/web', { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => `${parentPath}/${name}`.slice('dist/web'.length));
    expect(pageFiles.length).toBeGreaterThan(3);
    expect(pageFiles.filter((path) => originOf(path) !== 'page')).toEqual([]);
    for (const { TargetOriginId, AllowedMethods } of behaviors) {
      if (TargetOriginId === 'api') expect(AllowedMethods).toEqual(['GET', 'HEAD', 'OPTIONS']);
    }
  });

  it('keeps answers by the whole query, as long as they say, and errors not at all', () => {
    expect(at(only('AWS::CloudFront::CachePolicy').Properties, 'CachePolicyConfig')).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      ParametersInCacheKeyAndForwardedToOrigin: { QueryStringsConfig: { QueryStringBehavior: 'all' } },
    });
    for (const { Compress, ViewerProtocolPolicy } of behaviors) {
      expect([Compress, ViewerProtocolPolicy]).toEqual([true, 'redirect-to-https']);
    }
    const errors = at(distribution, 'CustomErrorResponses') as { ErrorCachingMinTTL: number }[];
    expect(errors.map(({ ErrorCachingMinTTL }) => ErrorCachingMinTTL).filter((ttl) => ttl !== 0)).toEqual([]);
    expect(at(distribution, 'HttpVersion')).toBe('http2and3');
  });

  it('gives the page the headers that the app gives its answers', async () => {
    const url = String(Parameters.TilesUrl?.Default);
    const tiles = { url, attribution: '', attributionUrl: '', maxZoom: 19 };
    const engine = openEmbedded(town());
    const app = createApp({ engine: () => engine, tiles, log: () => {} });
    const sent = Object.fromEntries((await app.request('/healthz')).headers);
    // What a request decides, and what is about this answer's own body.
    for (const name of [
      'content-type',
      'etag',
      'vary',
      'x-request-id',
      'access-control-expose-headers',
      'server-timing',
      'cache-control',
    ])
      delete sent[name];
    expect(edgeHeaders(url)).toEqual(sent);
  });

  /** What the response headers policy adds, as CloudFront writes it. */
  function edgeHeaders(tilesUrl: string): Record<string, string> {
    const policy = at(only('AWS::CloudFront::ResponseHeadersPolicy').Properties, 'ResponseHeadersPolicyConfig');
    const security = at(policy, 'SecurityHeadersConfig');
    const [, host = ''] = /^https:\/\/([^/]+)/.exec(tilesUrl) ?? [];
    const [sub] = at(security, 'ContentSecurityPolicy', 'ContentSecurityPolicy') as string[];
    const custom = at(policy, 'CustomHeadersConfig', 'Items') as { Header: string; Value: string }[];
    return {
      'access-control-allow-origin': String(at(policy, 'CorsConfig', 'AccessControlAllowOrigins', 'Items', 0)),
      'content-security-policy': String(sub).replace(/\$\{Tiles\}/, ` https://${host}`),
      'x-content-type-options': at(security, 'ContentTypeOptions', 'Override') ? 'nosniff' : '',
      'x-frame-options': String(at(security, 'FrameOptions', 'FrameOption')),
      'referrer-policy': String(at(security, 'ReferrerPolicy', 'ReferrerPolicy')),
      ...Object.fromEntries(custom.map(({ Header, Value }) => [Header.toLowerCase(), Value])),
    };
  }
});

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
      'es:ESHttpHead': 'AWS itself',
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
    expect(paths('ApiRole', 'es:ESHttpPost')).toEqual(['/curbside*/_search', '/_msearch']);
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
