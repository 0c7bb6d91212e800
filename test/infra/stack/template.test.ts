import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMap, isScalar, isSeq, parseDocument, visit } from 'yaml';
import { readConfig } from '../../../functions/config/config.ts';
import { checkPlace } from '../../../infra/stack/account-checks.ts';
import { TEMPLATE_FILES } from '../../../infra/stack/merge-template.ts';
import { bucketOnly, readTemplate, withRevision } from '../../../infra/stack/read-template.ts';
import { FUNCTION_URL_REGIONS } from './function-url-regions.ts';
import { referencedNames } from './reduced-template.ts';
import { buildScript } from './script.ts';

import { at, Conditions, document, type Json, ofType, only, Parameters, Resources, text } from './template.ts';

describe('the template', () => {
  it('is short and describes its parameters', () => {
    for (const path of TEMPLATE_FILES) {
      expect([path, readFileSync(path, 'utf8').split('\n').length <= 450]).toEqual([path, true]);
    }
    const undescribed = Object.entries(Parameters).filter(([, { Description }]) => !Description);
    expect(undescribed).toEqual([]);
    // CloudFormation's limit for a template that is not in a bucket.
    expect(Buffer.byteLength(withRevision(readTemplate(text), 'f'.repeat(12)))).toBeLessThan(51_200);
  });

  it('is written whole by `npm run template`, without an account, and passes cfn-lint in all regions', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'curbside-template-'));
    const script = await buildScript();
    const { code, out } = await script.run(['template', '--dist', directory], {});
    script.remove();
    expect([code, out]).toEqual([0, `${directory}/template.yaml\n`]);
    expect(readFileSync(`${directory}/template.yaml`, 'utf8')).toBe(text);
    const lint = (file: string) =>
      spawnSync('cfn-lint', ['--regions', ...FUNCTION_URL_REGIONS, '--', `${directory}/${file}`], { encoding: 'utf8' });
    const { status, stdout, error } = lint('template.yaml');
    // A type that Stockholm does not have fails the stack even under a condition that is false.
    const budget = {
      Type: 'AWS::Budgets::Budget',
      Properties: { Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY' } },
    };
    writeFileSync(`${directory}/other.json`, JSON.stringify({ Resources: { Budget: budget } }));
    const { stdout: refusal } = lint('other.json');
    rmSync(directory, { recursive: true });
    if (error && process.env.CI !== 'true')
      return void console.warn('skipped: cfn-lint is not installed (PyPI has it)');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(refusal).toContain("'AWS::Budgets::Budget' does not exist in 'eu-north-1'");
  }, 120_000);

  it('is deployed to all of these regions', () => {
    const arn = 'arn:aws:iam::123456789012:user/cook';
    for (const region of FUNCTION_URL_REGIONS) expect(() => checkPlace({ arn, region })).not.toThrow();
  });

  it('has everything that it refers to, and no unused condition', () => {
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
    // A !Sub with a map defines names of its own.
    visit(document, {
      Seq(_key, node) {
        const map = node.tag === '!Sub' ? node.items[1] : null;
        if (isMap(map)) for (const { key } of map.items) names.add(String(key));
      },
      Scalar(_key, node) {
        if (node.tag === '!Sub') refs.push(...referencedNames(String(node.value)));
      },
    });
    expect(refs.length).toBeGreaterThan(50);
    expect(refs.filter((name) => !names.has(name))).toEqual([]);
    expect(conditions.filter((name) => !(name in Conditions))).toEqual([]);
    expect(Object.keys(Conditions).filter((name) => !conditions.includes(name))).toEqual([]);
  });

  it('includes the region in names that are global to the account', () => {
    const named = [
      ...ofType('AWS::CloudFront::OriginAccessControl').map(([, { Properties }]) =>
        at(Properties, 'OriginAccessControlConfig', 'Name'),
      ),
      at(only('AWS::CloudFront::CachePolicy').Properties, 'CachePolicyConfig', 'Name'),
      ...ofType('AWS::CloudFront::ResponseHeadersPolicy').map(([, { Properties }]) =>
        at(Properties, 'ResponseHeadersPolicyConfig', 'Name'),
      ),
      ...ofType('AWS::CloudFront::Function').map(([, { Properties }]) => at(Properties, 'Name')),
      at(only('AWS::CloudWatch::Dashboard').Properties, 'DashboardName'),
    ];
    expect(named).toHaveLength(8);
    for (const name of named) expect(name).toMatch(/^\$\{AWS::StackName\}-\$\{AWS::Region\}/);
    // Roles are global too, but CloudFormation names them.
    for (const [, { Properties }] of ofType('AWS::IAM::Role')) expect(Properties).not.toHaveProperty('RoleName');
  });

  it.each([
    ['off', true],
    ['https://tile.openstreetmap.org/{z}/{x}/{y}.png', true],
    ['https://tiles.example.org/v1/{z}/{x}/{y}.png?key=abc', true],
    ['/basemap/san-francisco.pmtiles', true],
    ['/basemap/../current.pmtiles', false],
    ['/elsewhere/city.pmtiles', false],
    ['https://maps.example.org/city.pmtiles', false],
    ['https://tile.openstreetmap.org/', false],
    ['https://tile.openstreetmap.org/{x}/{y}.png', false],
    ['http://tile.example.org/{z}/{x}/{y}.png', false],
    ['https://tile.example.org/{z} {x}', false],
    ['', true],
  ])('accepts tiles "%s": %s, and none that the API would reject at its start', (url, isAccepted) => {
    const pattern = String(Parameters.TilesUrl?.AllowedPattern);
    expect(new RegExp(`^(?:${pattern})$`).test(url)).toBe(isAccepted);
    if (isAccepted) expect(() => readConfig([], { TILES_URL: url })).not.toThrow();
  });

  it('can be reduced to its bucket', () => {
    const alone = parseDocument(bucketOnly(readTemplate(text)), { logLevel: 'silent' }).toJS();
    expect(Object.keys(alone.Resources)).toEqual(['Bucket']);
    expect(alone.Resources.Bucket).toEqual(Resources.Bucket);
    expect(alone.Outputs).toBeUndefined();
  });

  it('can be given a revision in all references to its version', () => {
    const renamed = withRevision(readTemplate(text), 'abc');
    expect(renamed).toContain('  ApiVersionabc:\n');
    expect(renamed).toContain('!GetAtt ApiVersionabc.Version');
    expect(renamed).not.toMatch(/\bApiVersion\b/);
  });
});

describe('the bucket', () => {
  it('is private, versioned, encrypted and accessible by TLS only', () => {
    const { Properties } = Resources.Bucket ?? {};
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
    // All other statements allow only this distribution.
    for (const { Principal, Condition } of rest) {
      expect(Principal).toEqual({ Service: 'cloudfront.amazonaws.com' });
      expect(JSON.stringify(Condition)).toMatch(/aws:SourceArn.*distribution\/\$\{Distribution\}/);
    }
  });
});
