import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driftLine } from '../../../infra/stack/drift.ts';
import { awsEnvironment } from '../../fixtures/aws-emulators.ts';
import { type Answer, type Answers, cloudFormation } from './aws-query-server.ts';
import { buildScript } from './script.ts';

const RESOURCES = [
  { name: 'ApiAlias', id: 'a', type: 'AWS::Lambda::Alias' },
  { name: 'ApiFunction', id: 'f', type: 'AWS::Lambda::Function' },
  { name: 'Bucket', id: 'b', type: 'AWS::S3::Bucket' },
  { name: 'Embed', id: 'e', type: 'AWS::CloudFront::Function' },
];

describe('the drift of a stack', () => {
  const aws = cloudFormation();

  const detection = (status: string): Answer => [
    200,
    `<StackId>s</StackId><StackDriftDetectionId>d</StackDriftDetectionId><DetectionStatus>${status}</DetectionStatus>` +
      `<DetectionStatusReason>Embed could not be read</DetectionStatusReason><Timestamp>2026-01-01T00:00:00Z</Timestamp>`,
  ];
  const drift = (name: string, type: string, status: string, paths: readonly string[] = []) =>
    `<member><StackId>s</StackId><LogicalResourceId>${name}</LogicalResourceId><ResourceType>${type}</ResourceType>` +
    `<StackResourceDriftStatus>${status}</StackResourceDriftStatus><Timestamp>2026-01-01T00:00:00Z</Timestamp><PropertyDifferences>${paths
      .map(
        (path) =>
          `<member><PropertyPath>${path}</PropertyPath><ExpectedValue>secret</ExpectedValue><ActualValue>other</ActualValue><DifferenceType>NOT_EQUAL</DifferenceType></member>`,
      )
      .join('')}</PropertyDifferences></member>`;

  /** @param statuses of the detection, one for each request; the last one stays @param drifts pages of results */
  function answer(statuses: string[], drifts: readonly string[][], others: Answers = {}): void {
    aws.api.answer({
      ...others,
      DetectStackDrift: () => [200, '<StackDriftDetectionId>d</StackDriftDetectionId>'],
      DescribeStackDriftDetectionStatus: () => detection((statuses.length > 1 ? statuses.shift() : statuses[0]) ?? ''),
      DescribeStackResourceDrifts: (request) => {
        const page = Number(request.get('NextToken') ?? 0);
        const more = page + 1 < drifts.length ? `<NextToken>${page + 1}</NextToken>` : '';
        return [200, `<StackResourceDrifts>${drifts[page]?.join('')}</StackResourceDrifts>${more}`];
      },
    });
  }
  const line = (limitMs = 10_000) => driftLine(aws.client, { stack: 's', resources: RESOURCES, pollMs: 1, limitMs });

  const BUCKET = drift('Bucket', 'AWS::S3::Bucket', 'IN_SYNC');
  const FUNCTION = drift('ApiFunction', 'AWS::Lambda::Function', 'IN_SYNC');

  it('names what was changed or deleted, on every page, without values', async () => {
    const alias = drift('ApiAlias', 'AWS::Lambda::Alias', 'MODIFIED', ['/FunctionVersion']);
    const changed = drift('ApiFunction', 'AWS::Lambda::Function', 'MODIFIED', [
      '/MemorySize',
      '/Environment/Variables/X',
    ]);
    answer(
      ['DETECTION_IN_PROGRESS', 'DETECTION_COMPLETE'],
      [[alias, changed], [drift('Bucket', 'AWS::S3::Bucket', 'DELETED')]],
    );
    const text = await line();
    expect(text.split(/\n */)).toEqual([
      'CHANGED ApiAlias (Lambda Alias): FunctionVersion (the code was rolled back)',
      'CHANGED ApiFunction (Lambda Function): MemorySize, Environment/Variables/X',
      'DELETED Bucket (S3 Bucket)',
      'CloudFormation cannot compare: CloudFront Function',
    ]);
    expect(text).not.toContain('secret');
  });

  it('is none if all that was compared is as in the template, and says what was not compared', async () => {
    answer(['DETECTION_COMPLETE'], [[BUCKET, FUNCTION, drift('ApiAlias', 'AWS::Lambda::Alias', 'NOT_CHECKED')]]);
    expect((await line()).split(/\n */)).toEqual([
      'none in 2 of 4 resources',
      'CloudFormation cannot compare: CloudFront Function, Lambda Alias',
    ]);
  });

  it('says what failed, and that the time was not enough', async () => {
    answer(['DETECTION_FAILED'], [[BUCKET, FUNCTION]]);
    expect(await line()).toMatch(/^the comparison failed in part: Embed could not be read\n *none in 2 of 4/);
    answer(['DETECTION_IN_PROGRESS'], []);
    expect(await line(20)).toMatch(/still being compared after 0.02 s; --no-drift/);
  });

  describe('in `npm run status`', () => {
    let script: Awaited<ReturnType<typeof buildScript>>;
    beforeAll(async () => {
      script = await buildScript();
    });
    afterAll(() => script?.remove());

    const stack: Answer = [
      200,
      '<Stacks><member><StackName>curbside</StackName><StackId>id</StackId><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus></member></Stacks>',
    ];
    const others: Answers = {
      GetCallerIdentity: () => [200, '<Arn>arn:aws:iam::123456789012:user/cook</Arn><Account>123456789012</Account>'],
      DescribeStacks: () => stack,
      DescribeStackResources: () => [
        200,
        `<StackResources><member><LogicalResourceId>Bucket</LogicalResourceId><ResourceType>AWS::S3::Bucket</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus><Timestamp>2026-01-01T00:00:00Z</Timestamp></member></StackResources>`,
      ],
    };

    it('is shown with everything else, and can be left out', async () => {
      answer(
        ['DETECTION_COMPLETE'],
        [[drift('Bucket', 'AWS::S3::Bucket', 'MODIFIED', ['/VersioningConfiguration'])]],
        others,
      );
      const { out } = await script.run(['status'], awsEnvironment(aws.api.url));
      expect(out).toMatch(/^drift {3}CHANGED Bucket \(S3 Bucket\): VersioningConfiguration$/m);
      // What AWS refuses is one line, and does not hide the others.
      expect(out).toMatch(/^budget {2}unknown: /m);
      answer(['DETECTION_COMPLETE'], [], others);
      expect((await script.run(['status', '--no-drift'], awsEnvironment(aws.api.url))).out).not.toMatch(/^drift/m);
      expect(aws.api.requestedActions()).not.toContain('DetectStackDrift');
    }, 60_000);
  });
});
