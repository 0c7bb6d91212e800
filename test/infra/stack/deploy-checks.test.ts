import { describe, expect, it } from 'vitest';
import { checkPlace } from '../../../infra/stack/account-checks.ts';
import { type Answer, type Answers, awsError } from './aws-query-server.ts';
import { FUNCTION_URL_REGIONS } from './function-url-regions.ts';
import type { Outcome } from './script.ts';
import { scriptWithServer } from './script-with-server.ts';

const json = (value: unknown): Answer => [200, JSON.stringify(value)];
const distributions = (count: number): Answer => [
  200,
  `<DistributionList><Quantity>${count}</Quantity></DistributionList>`,
];
const concurrency = (limit: number, unreserved = limit): Answer =>
  json({ AccountLimit: { ConcurrentExecutions: limit, UnreservedConcurrentExecutions: unreserved } });
const caller = (arn: string): Answer => [200, `<Arn>${arn}</Arn><Account>123456789012</Account>`];
const LIST = 'GET /2020-05-31/distribution?MaxItems=1';
const CREATE = 'POST /2020-05-31/distribution';
const ACCOUNT = 'GET /2016-08-19/account-settings';
const NO_POLICY = awsError(404, 'NoSuchCachePolicy', 'The specified cache policy does not exist.');
const NOT_VERIFIED = awsError(
  403,
  'AccessDenied',
  'Your account must be verified before you can add new CloudFront resources.',
);

describe('before anything is created, a deployment checks', () => {
  const aws = scriptWithServer();

  /** Parameters of the last change set. */
  let parameters: Readonly<Record<string, string>> = {};

  /** An account in which everything is possible, up to the change set, which is refused. */
  const READY: Record<string, Answer> = {
    GetCallerIdentity: caller('arn:aws:iam::123456789012:user/cook'),
    DescribeStacks: awsError(400, 'ValidationError', 'Stack with id curbside does not exist'),
    DescribeChangeSet: awsError(404, 'ChangeSetNotFound', 'does not exist'),
    CreateChangeSet: awsError(400, 'ValidationError', 'the checks are over'),
    [LIST]: distributions(0),
    [CREATE]: NO_POLICY,
    [ACCOUNT]: concurrency(1_000),
  };
  const toAnswers = (fixed: Readonly<Record<string, Answer>>): Answers =>
    Object.fromEntries(Object.entries(fixed).map(([action, answer]) => [action, () => answer]));

  async function deploy(
    changes: Readonly<Record<string, Answer>>,
    {
      set = [],
      region = 'us-east-1',
      stack = 'curbside',
    }: { set?: readonly string[]; region?: string; stack?: string } = {},
  ): Promise<Outcome & { readonly isChecked: boolean }> {
    const all = { ...READY, ...changes };
    const recordParameters = (request: URLSearchParams) => {
      const keys = [...request].filter(([key]) => key.endsWith('.ParameterKey'));
      parameters = Object.fromEntries(
        keys.map(([key, name]) => [name, request.get(key.replace(/Key$/, 'Value')) ?? '']),
      );
      return all.CreateChangeSet ?? [500, ''];
    };
    aws.api.answer({ ...toAnswers(all), CreateChangeSet: recordParameters });
    const env = {
      AWS_ENDPOINT_URL: aws.api.url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: region,
      NODE_NO_WARNINGS: '1',
    };
    const flags = set.flatMap((one) => ['--set', one]);
    const outcome = await aws.script.run(
      ['deploy', '--yes', '--sample', '--stack', stack, '--poll', '1', ...flags],
      env,
    );
    expect(outcome.code).toBe(1);
    return { ...outcome, isChecked: outcome.err.includes('the checks are over') };
  }
  const expectRefusal = async (message: RegExp, ...args: Parameters<typeof deploy>) => {
    const { err, isChecked } = await deploy(...args);
    expect(err).toMatch(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(isChecked).toBe(false);
    expect(aws.api.requestedActions()).not.toContain('CreateChangeSet');
  };

  it('nothing that stops it in an account where everything is possible', async () => {
    const { isChecked, out, err } = await deploy({});
    expect({ isChecked, err }).toMatchObject({ isChecked: true });
    expect(out).not.toContain('warning:');
  });

  it('nothing of another stack: a domain of OpenSearch has the name of the stack', async () => {
    const set = ['Profile=opensearch'];
    await deploy({}, { set, stack: 'vancouver' });
    expect(parameters).toMatchObject({ Profile: 'opensearch', OpenSearchDomainName: 'vancouver' });
    await deploy({}, { set: [...set, 'OpenSearchDomainName=food'], stack: 'vancouver' });
    expect(parameters).toMatchObject({ OpenSearchDomainName: 'food' });
  });

  it.each(['aws-cn', 'aws-us-gov'])('the partition: not %s', async (partition) => {
    await expectRefusal(new RegExp(`partition ${partition}, .*only to the partition aws\\. Use an account`), {
      GetCallerIdentity: caller(`arn:${partition}:iam::123456789012:user/cook`),
    });
  });

  it.each(['eu-south-2'])('the region: not %s', async (region) => {
    await expectRefusal(new RegExp(`${region} has no Lambda function URLs.*AWS_REGION=us-east-1`), {}, { region });
  });

  it('nothing about a region that has function URLs', () => {
    const arn = 'arn:aws:iam::123456789012:user/cook';
    for (const region of FUNCTION_URL_REGIONS) expect(() => checkPlace({ arn, region }), region).not.toThrow();
  });

  it('whether CloudFront accepts the account, and says what to do', async () => {
    await expectRefusal(/account must be verified .*Open a case at https:\/\/console\.aws.*deploy again/, {
      [CREATE]: NOT_VERIFIED,
    });
    expect((await deploy({ [LIST]: distributions(3), [CREATE]: NOT_VERIFIED })).isChecked).toBe(true);
    expect(aws.api.requestedActions()).not.toContain(CREATE);
  });

  it('the concurrency, with the command that raises it', async () => {
    const { out, isChecked } = await deploy({ [ACCOUNT]: concurrency(10) });
    expect({ out, isChecked }).toMatchObject({
      isChecked: true,
      out: expect.stringMatching(/^warning: .*only 10 concurrent.*aws service-quotas request-service-quota-increase/m),
    });
    const set = ['ReservedConcurrency=20'];
    await expectRefusal(
      /ReservedConcurrency=20 is not possible: .* allows 10 .*, 0 of them.*--set ReservedConcurrency=0, or ask/,
      { [ACCOUNT]: concurrency(10) },
      { set },
    );
    await expectRefusal(/allows 1000 .*, 15 of them/, { [ACCOUNT]: concurrency(1_000, 115) }, { set });
    expect((await deploy({ [ACCOUNT]: concurrency(1_000, 120) }, { set })).isChecked).toBe(true);
  });

  it('nothing for which it has no permission', async () => {
    const denied = awsError(403, 'AccessDenied', 'User cook is not authorized to perform this');
    const { isChecked, err } = await deploy({ [LIST]: denied, [CREATE]: denied, [ACCOUNT]: denied });
    expect({ isChecked, err }).toMatchObject({ isChecked: true });
  });

  describe('an existing OpenSearch domain:', () => {
    const HOST = 'search-food-abc.us-east-1.es.amazonaws.com';
    const set = ['Profile=opensearch', `OpenSearchEndpoint=https://${HOST}`, 'OpenSearchDomainName=food'];
    const DESCRIBE = 'GET /2021-01-01/opensearch/domain/food';
    const domain = (more: object): Answer =>
      json({ DomainStatus: { Endpoint: HOST, EngineVersion: 'OpenSearch_3.1', ...more } });

    it('accepts one that IAM protects', async () => {
      const { out, isChecked, err } = await deploy({ [DESCRIBE]: domain({}) }, { set });
      expect({ isChecked, err }).toMatchObject({ isChecked: true });
      expect(out).not.toContain('warning:');
    });

    it.each<[string, RegExp, Answer]>([
      [
        'in a VPC',
        /food is in the VPC vpc-1, where the functions cannot reach it: use a domain/,
        domain({ VPCOptions: { VPCId: 'vpc-1' } }),
      ],
      [
        'with another endpoint',
        /is not an endpoint of the OpenSearch domain food, which has https:\/\/other/,
        domain({ Endpoint: 'other' }),
      ],
      [
        'of Elasticsearch',
        /food runs Elasticsearch_7\.10: Curbside needs OpenSearch/,
        domain({ EngineVersion: 'Elasticsearch_7.10' }),
      ],
      [
        'that does not exist',
        /there is no OpenSearch domain "food" .*--set OpenSearchDomainName=/,
        [409, '{"__type":"ResourceNotFoundException","message":"Domain not found: food"}'],
      ],
    ])('refuses one %s', async (_, message, answer) => {
      await expectRefusal(message, { [DESCRIBE]: answer }, { set });
    });

    it('says what to do for one with fine-grained access control', async () => {
      const { out, isChecked } = await deploy(
        { [DESCRIBE]: domain({ AdvancedSecurityOptions: { Enabled: true } }) },
        { set },
      );
      expect(isChecked).toBe(true);
      expect(out).toMatch(/^warning: The domain food has fine-grained access control.*map the roles.*npm run refresh/m);
    });

    it('warns if it may not look', async () => {
      const denied: Answer = [403, '{"Message":"User is not authorized to perform: es:DescribeDomain"}'];
      const { out, isChecked } = await deploy({ [DESCRIBE]: denied }, { set });
      expect({ out, isChecked }).toMatchObject({
        isChecked: true,
        out: expect.stringContaining('food was not checked'),
      });
    });
  });
});
