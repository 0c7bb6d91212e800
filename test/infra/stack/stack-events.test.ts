import { describe, expect, it } from 'vitest';
import { lastEvent, watchStack } from '../../../infra/stack/stack-events.ts';
import { type Answer, cloudFormation } from './query-api.ts';

type Event = readonly [id: string, name: string, type: string, status: string, reason?: string];

const xml = ([id, name, type, status, reason]: Event) =>
  `<member><EventId>${id}</EventId><StackId>s</StackId><StackName>s</StackName><Timestamp>2026-01-01T00:00:00Z</Timestamp>` +
  `<LogicalResourceId>${name}</LogicalResourceId><ResourceType>${type}</ResourceType><ResourceStatus>${status}</ResourceStatus>` +
  `<PhysicalResourceId>${name}-1</PhysicalResourceId>${reason ? `<ResourceStatusReason>${reason}</ResourceStatusReason>` : ''}</member>`;

describe('the events of a stack', () => {
  const aws = cloudFormation();

  /** A stack whose status and events grow from one look to the next; events are listed newest first, two on a page. */
  function grow(looks: readonly { readonly status: string; readonly events: readonly Event[] }[]) {
    let look = -1;
    const listed = () =>
      looks
        .slice(0, look + 1)
        .flatMap(({ events }) => events)
        .reverse();
    aws.api.answer({
      DescribeStacks: (): Answer => {
        look = Math.min(look + 1, looks.length - 1);
        const status = looks[look]?.status;
        return [
          200,
          `<Stacks><member><StackName>s</StackName><StackId>s</StackId><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>${status}</StackStatus></member></Stacks>`,
        ];
      },
      DescribeStackEvents: (sent): Answer => {
        const from = Number(sent.get('NextToken') ?? 0);
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
    const said: string[] = [];
    const watching = watchStack(aws.client, { id: 's', after, pollMs: 1, say: (line) => said.push(line) });
    const outcome = await watching.then(
      (skipped) => skipped.map(({ LogicalResourceId }) => LogicalResourceId),
      (error: Error) => error.message,
    );
    return { said, outcome };
  }
  const FORMER: Event[] = [
    ['1', 'Bucket', 'AWS::S3::Bucket', 'CREATE_COMPLETE'],
    ['2', 'Bucket', 'AWS::S3::Bucket', 'UPDATE_FAILED', 'long ago'],
    ['3', 's', 'AWS::CloudFormation::Stack', 'UPDATE_ROLLBACK_COMPLETE'],
  ];

  it('are told once each, in their order, without those of changes before', async () => {
    grow([
      { status: 'UPDATE_IN_PROGRESS', events: [...FORMER, ['4', 'Alerts', 'AWS::SNS::Topic', 'CREATE_IN_PROGRESS']] },
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
      said: [
        '  create in progress: Alerts (SNS Topic)',
        '  create complete: Alerts (SNS Topic)',
        '  create complete: ApiLog (Logs LogGroup)',
        '  delete skipped: ApiVersion1 (Lambda Version)',
      ],
      outcome: ['ApiVersion1'],
    });
  });

  it('say what failed and why, and that all is as it was', async () => {
    grow([
      {
        status: 'UPDATE_ROLLBACK_IN_PROGRESS',
        events: [
          ...FORMER,
          ['4', 'ApiFunction', 'AWS::Lambda::Function', 'CREATE_FAILED', 'no such runtime'],
          ['5', 'RefreshLog', 'AWS::Logs::LogGroup', 'CREATE_FAILED', 'Resource creation cancelled'],
        ],
      },
      { status: 'UPDATE_ROLLBACK_COMPLETE', events: [] },
    ]);
    const { outcome } = await watch('3');
    expect(outcome).toBe(
      'ApiFunction (Lambda Function) failed: no such runtime\nThe stack is UPDATE_ROLLBACK_COMPLETE now: all is as it was before. Deploy again when the cause is gone.',
    );
  });

  it.each([
    ['ROLLBACK_COMPLETE', 'nothing of it runs. Deploy again'],
    ['UPDATE_ROLLBACK_FAILED', 'CloudFormation could not undo it by itself'],
    ['DELETE_FAILED', 'CloudFormation could not undo it by itself'],
  ])('that end in %s say what to do', async (status, advice) => {
    grow([{ status, events: [['1', 'Bucket', 'AWS::S3::Bucket', 'DELETE_FAILED', 'not empty']] }]);
    const { outcome } = await watch(undefined);
    expect(outcome).toContain('Bucket (S3 Bucket) failed: not empty');
    expect(outcome).toContain(advice);
  });

  it('begin behind the newest one', async () => {
    grow([{ status: 'UPDATE_COMPLETE', events: FORMER }]);
    await watch('3');
    expect(await lastEvent(aws.client, 's')).toBe('3');
  });
});
