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
