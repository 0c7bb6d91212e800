import { describe, expect, it } from 'vitest';
import { createChangeSet, executeChangeSet } from '../../../infra/stack/change-set.ts';
import { type Answer, awsError, cloudFormation } from './aws-query-server.ts';

describe('a change set', () => {
  const aws = cloudFormation();

  const ID = 'arn:aws:cloudformation:us-east-1:123456789012:changeSet/curbside-deploy/new';
  /** The script requests an existing change set by its name, and the new one by its id. */
  const answersWith = (existing: string | null) => ({
    DescribeChangeSet: (request: URLSearchParams): Answer => {
      if (request.get('ChangeSetName') === ID) return [200, '<Status>CREATE_COMPLETE</Status><Changes></Changes>'];
      return existing === null
        ? awsError(400, 'ChangeSetNotFound', 'ChangeSet [curbside-deploy] does not exist')
        : [200, existing];
    },
    CreateChangeSet: (): Answer => [200, `<Id>${ID}</Id>`],
    DeleteChangeSet: (): Answer => [200, ''],
  });
  const create = () =>
    createChangeSet(aws.client, { stack: 'curbside', type: 'UPDATE', template: '{}', parameters: [], pollMs: 1 });
  const changeSet = (execution: string, created: Date, status = 'CREATE_COMPLETE') =>
    `<Status>${status}</Status><ExecutionStatus>${execution}</ExecutionStatus><CreationTime>${created.toISOString()}</CreationTime>`;
  const now = () => new Date();
  const hourAgo = () => new Date(Date.now() - 3_600_000);

  it('is created if none exists', async () => {
    aws.api.answer(answersWith(null));
    expect(await create()).toEqual({ id: ID, changes: [] });
    expect(aws.api.requestedActions()).not.toContain('DeleteChangeSet');
  });

  it.each([
    ['of a failed change', () => changeSet('EXECUTE_FAILED', now())],
    ['of a completed change', () => changeSet('EXECUTE_COMPLETE', now())],
    ['that another change has made obsolete', () => changeSet('OBSOLETE', now())],
    ['that could not be created', () => changeSet('UNAVAILABLE', now(), 'FAILED')],
    ['that was abandoned an hour ago', () => changeSet('AVAILABLE', hourAgo())],
  ])('replaces one %s', async (_, existing) => {
    aws.api.answer(answersWith(existing()));
    expect(await create()).toMatchObject({ id: ID });
    expect(aws.api.requestedActions().indexOf('DeleteChangeSet')).toBeLessThan(
      aws.api.requestedActions().indexOf('CreateChangeSet'),
    );
    expect(aws.api.requestedActions()).toContain('DeleteChangeSet');
  });

  it.each([
    ['waits for confirmation', 'AVAILABLE', 'CREATE_COMPLETE'],
    ['is being created', 'UNAVAILABLE', 'CREATE_IN_PROGRESS'],
    ['is being executed', 'EXECUTE_IN_PROGRESS', 'CREATE_COMPLETE'],
  ])('is not created while another one %s', async (_, execution, status) => {
    aws.api.answer(answersWith(changeSet(execution, now(), status)));
    await expect(create()).rejects.toThrow(/another deployment of curbside is under way/);
    expect(aws.api.requestedActions()).toEqual(['DescribeChangeSet']);
  });

  it('is not created if another deployment was faster', async () => {
    aws.api.answer({ ...answersWith(null), CreateChangeSet: () => awsError(400, 'AlreadyExistsException', 'exists') });
    await expect(create()).rejects.toThrow(/another deployment of curbside is under way/);
  });

  it('reports why CloudFormation rejects the template', async () => {
    aws.api.answer({
      ...answersWith(null),
      CreateChangeSet: () => awsError(400, 'ValidationError', 'Template format error'),
    });
    await expect(create()).rejects.toThrow('CloudFormation rejects the template: Template format error');
  });

  describe('that fails', () => {
    const failed = (reason: string, events: Answer) => {
      aws.api.answer({
        ...answersWith(null),
        DescribeChangeSet: (request) =>
          request.get('ChangeSetName') === ID
            ? [200, `<Status>FAILED</Status><StatusReason>${reason}</StatusReason>`]
            : awsError(404, 'ChangeSetNotFound', 'does not exist'),
        DescribeEvents: (request) => (request.get('NextToken') ? [200, LAST_EVENTS] : events),
      });
      return create().then(
        () => '',
        (error: Error) => error.message,
      );
    };
    const EARLY = 'AWS::EarlyValidation: the change set failed';
    const event = (fields: Readonly<Record<string, string>>) =>
      `<member>${Object.entries(fields)
        .map(([key, value]) => `<${key}>${value}</${key}>`)
        .join('')}</member>`;
    const FIRST_EVENTS = [
      { EventType: 'STACK_EVENT', OperationStatus: 'FAILED', OperationType: 'CREATE_CHANGESET' },
      {
        EventType: 'VALIDATION_ERROR',
        LogicalResourceId: 'Bucket',
        ResourceType: 'AWS::S3::Bucket',
        ValidationStatus: 'FAILED',
        ValidationName: 'NAME_CONFLICT_VALIDATION',
        ValidationPath: '/Resources/Bucket/Properties/BucketName',
        ValidationStatusReason: 'The bucket name exists already',
      },
      { EventType: 'VALIDATION_ERROR', LogicalResourceId: 'Alerts', ValidationStatus: 'SKIPPED' },
    ].map(event);
    const LAST_EVENTS = `<OperationEvents>${event({
      EventType: 'HOOK_INVOCATION_ERROR',
      LogicalResourceId: 'ApiFunction',
      ResourceType: 'AWS::Lambda::Function',
      HookType: 'Corp::Tags::Required',
      HookStatus: 'HOOK_COMPLETE_FAILED',
      HookStatusReason: 'the tag owner is missing',
    })}</OperationEvents>`;

    it('names the resources and the reasons, before it is deleted', async () => {
      const page = `<OperationEvents>${FIRST_EVENTS.join('')}</OperationEvents><NextToken>2</NextToken>`;
      expect((await failed(EARLY, [200, page])).split('\n')).toEqual([
        `CloudFormation rejects the change: ${EARLY}`,
        '  Bucket (S3 Bucket) at /Resources/Bucket/Properties/BucketName: The bucket name exists already',
        '  ApiFunction (Lambda Function): Corp::Tags::Required: the tag owner is missing',
      ]);
      const actions = aws.api.requestedActions();
      expect(actions.indexOf('DescribeEvents')).toBeGreaterThan(0);
      expect(actions.lastIndexOf('DescribeEvents')).toBeLessThan(actions.indexOf('DeleteChangeSet'));
    });

    it('still has its own reason if the events cannot be read', async () => {
      const denied = awsError(403, 'AccessDenied', 'not authorized to perform: cloudformation:DescribeEvents');
      expect(await failed(EARLY, denied)).toBe(`CloudFormation rejects the change: ${EARLY}`);
      expect(aws.api.requestedActions()).toContain('DeleteChangeSet');
    });

    it('is nothing to do if it has no changes', async () => {
      expect(await failed("The submitted information didn't contain changes.", [500, ''])).toBe('');
      expect(aws.api.requestedActions()).not.toContain('DescribeEvents');
    });
  });

  it('is deleted if it cannot start', async () => {
    aws.api.answer({
      ExecuteChangeSet: () => awsError(400, 'InvalidChangeSetStatus', 'cannot be executed in its current status'),
      DeleteChangeSet: () => [200, ''],
    });
    await expect(executeChangeSet(aws.client, 'curbside', ID)).rejects.toThrow(
      /cannot start, perhaps because another one has started/,
    );
    expect(aws.api.requestedActions()).toEqual(['ExecuteChangeSet', 'DeleteChangeSet']);
  });
});
