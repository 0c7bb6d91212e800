import { describe, expect, it } from 'vitest';
import { describeFailures, newestEventId, watchStack } from '../../../infra/stack/stack-events.ts';
import { type Answer, cloudFormation } from './aws-query-server.ts';

type Event = readonly [id: string, name: string, type: string, status: string, reason?: string];

const xml = ([id, name, type, status, reason]: Event) =>
  `<member><EventId>${id}</EventId><StackId>s</StackId><StackName>s</StackName><Timestamp>2026-01-01T00:00:00Z</Timestamp>` +
  `<LogicalResourceId>${name}</LogicalResourceId><ResourceType>${type}</ResourceType><ResourceStatus>${status}</ResourceStatus>` +
  `<PhysicalResourceId>${name}-1</PhysicalResourceId>${reason ? `<ResourceStatusReason>${reason}</ResourceStatusReason>` : ''}</member>`;

describe('watchStack', () => {
  const aws = cloudFormation();

  /** Simulates a stack that has new events and perhaps another status at each poll; events are newest first, two on a page. */
  function simulate(polls: readonly { readonly status: string; readonly events: readonly Event[] }[]) {
    let poll = -1;
    const listed = () =>
      polls
        .slice(0, poll + 1)
        .flatMap(({ events }) => events)
        .reverse();
    aws.api.answer({
      DescribeStacks: (): Answer => {
        poll = Math.min(poll + 1, polls.length - 1);
        const status = polls[poll]?.status;
        return [
          200,
          `<Stacks><member><StackName>s</StackName><StackId>s</StackId><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>${status}</StackStatus></member></Stacks>`,
        ];
      },
      DescribeStackEvents: (request): Answer => {
        const from = Number(request.get('NextToken') ?? 0);
        const more = from + 2 < listed().length ? `<NextToken>${from + 2}</NextToken>` : '';
        return [
          200,
          `<StackEvents>${listed()
            .slice(from, from + 2)
            .map(xml)
            .join('')}</StackEvents>${more}`,
        ];
      },
    });
  }
  async function watch(after: string | undefined) {
    const printed: string[] = [];
    const watching = watchStack(aws.client, { id: 's', after, pollMs: 1, print: (line) => printed.push(line) });
    const outcome = await watching.then(
      (skipped) => skipped.map(({ LogicalResourceId }) => LogicalResourceId),
      (error: Error) => error.message,
    );
    return { printed, outcome };
  }
  const PREVIOUS_EVENTS: Event[] = [
    ['1', 'Bucket', 'AWS::S3::Bucket', 'CREATE_COMPLETE'],
    ['2', 'Bucket', 'AWS::S3::Bucket', 'UPDATE_FAILED', 'long ago'],
    ['3', 's', 'AWS::CloudFormation::Stack', 'UPDATE_ROLLBACK_COMPLETE'],
  ];

  it('prints each event of this change once, in order', async () => {
    simulate([
      {
        status: 'UPDATE_IN_PROGRESS',
        events: [...PREVIOUS_EVENTS, ['4', 'Alerts', 'AWS::SNS::Topic', 'CREATE_IN_PROGRESS']],
      },
      {
        status: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
        events: [
          ['5', 'Alerts', 'AWS::SNS::Topic', 'CREATE_COMPLETE'],
          ['6', 'ApiLog', 'AWS::Logs::LogGroup', 'CREATE_COMPLETE'],
          ['7', 'ApiVersion1', 'AWS::Lambda::Version', 'DELETE_SKIPPED'],
        ],
      },
      { status: 'UPDATE_COMPLETE', events: [['8', 's', 'AWS::CloudFormation::Stack', 'UPDATE_COMPLETE']] },
    ]);
    expect(await watch('3')).toEqual({
      printed: [
        '  create in progress: Alerts (SNS Topic)',
        '  create complete: Alerts (SNS Topic)',
        '  create complete: ApiLog (Logs LogGroup)',
        '  delete skipped: ApiVersion1 (Lambda Version)',
      ],
      outcome: ['ApiVersion1'],
    });
  });

  it('reports what failed and why, and that the previous deployment is restored', async () => {
    simulate([
      {
        status: 'UPDATE_ROLLBACK_IN_PROGRESS',
        events: [
          ...PREVIOUS_EVENTS,
          ['4', 'ApiFunction', 'AWS::Lambda::Function', 'CREATE_FAILED', 'no such runtime'],
          ['5', 'RefreshLog', 'AWS::Logs::LogGroup', 'CREATE_FAILED', 'Resource creation cancelled'],
        ],
      },
      { status: 'UPDATE_ROLLBACK_COMPLETE', events: [] },
    ]);
    const { outcome } = await watch('3');
    expect(outcome).toBe(
      'ApiFunction (Lambda Function) failed: no such runtime\nThe stack is now UPDATE_ROLLBACK_COMPLETE: the previous deployment is restored. Remove the cause and deploy again.',
    );
  });

  it.each([
    ['ROLLBACK_COMPLETE', 'nothing is running. Remove the cause and deploy again'],
    ['UPDATE_ROLLBACK_FAILED', 'CloudFormation could not undo the change by itself'],
    ['DELETE_FAILED', 'CloudFormation could not undo the change by itself'],
  ])('says what to do after %s', async (status, advice) => {
    simulate([{ status, events: [['1', 'Bucket', 'AWS::S3::Bucket', 'DELETE_FAILED', 'not empty']] }]);
    const { outcome } = await watch(undefined);
    expect(outcome).toContain('Bucket (S3 Bucket) failed: not empty');
    expect(outcome).toContain(advice);
  });

  it('starts after the newest event', async () => {
    simulate([{ status: 'UPDATE_COMPLETE', events: PREVIOUS_EVENTS }]);
    await watch('3');
    expect(await newestEventId(aws.client, 's')).toBe('3');
  });
});

describe('describeFailures', () => {
  it('says what to do about an account that AWS has not verified for CloudFront', () => {
    const message = (ResourceStatusReason: string) =>
      describeFailures([
        {
          StackId: 's',
          StackName: 's',
          EventId: 'e',
          Timestamp: new Date(),
          LogicalResourceId: 'Distribution',
          ResourceType: 'AWS::CloudFront::Distribution',
          ResourceStatusReason,
        },
      ]);
    expect(message('Your account must be verified before you can add new CloudFront resources.')).toMatch(
      /^Distribution .* must be verified [^\n]+\nAWS has not verified .*Open a case/,
    );
    expect(message('another reason')).not.toContain('Open a case');
  });

  it('names causes, but not the resources that were cancelled because of them', () => {
    const event = (LogicalResourceId: string, ResourceType: string, ResourceStatusReason: string) => ({
      StackId: 's',
      StackName: 's',
      EventId: LogicalResourceId,
      Timestamp: new Date(0),
      LogicalResourceId,
      ResourceType,
      ResourceStatus: 'CREATE_FAILED' as const,
      ResourceStatusReason,
    });
    expect(
      describeFailures([
        event('ApiRole', 'AWS::IAM::Role', 'User is not authorized to perform: iam:CreateRole'),
        event('ApiLog', 'AWS::Logs::LogGroup', 'Resource creation cancelled'),
        event(
          'curbside',
          'AWS::CloudFormation::Stack',
          'The following resource(s) failed to create: [ApiRole, ApiLog].',
        ),
      ]),
    ).toBe('ApiRole (IAM Role) failed: User is not authorized to perform: iam:CreateRole');
  });
});
