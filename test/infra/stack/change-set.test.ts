import { describe, expect, it } from 'vitest';
import { executeChangeSet, makeChangeSet } from '../../../infra/stack/change-set.ts';
import { type Answer, cloudFormation, refusal } from './query-api.ts';

describe('a change set', () => {
  const aws = cloudFormation();

  const ID = 'arn:aws:cloudformation:us-east-1:123456789012:changeSet/curbside-deploy/new';
  /** The one that was found lying there is asked for by its name, the new one by its id. */
  const thatFinds = (lying: string | null) => ({
    DescribeChangeSet: (sent: URLSearchParams): Answer => {
      if (sent.get('ChangeSetName') === ID) return [200, '<Status>CREATE_COMPLETE</Status><Changes></Changes>'];
      return lying === null
        ? refusal(400, 'ChangeSetNotFound', 'ChangeSet [curbside-deploy] does not exist')
        : [200, lying];
    },
    CreateChangeSet: (): Answer => [200, `<Id>${ID}</Id>`],
    DeleteChangeSet: (): Answer => [200, ''],
  });
  const make = () =>
    makeChangeSet(aws.client, { stack: 'curbside', type: 'UPDATE', template: '{}', parameters: [], pollMs: 1 });
  const lying = (execution: string, created: Date, status = 'CREATE_COMPLETE') =>
    `<Status>${status}</Status><ExecutionStatus>${execution}</ExecutionStatus><CreationTime>${created.toISOString()}</CreationTime>`;
  const now = () => new Date();
  const hourAgo = () => new Date(Date.now() - 3_600_000);

  it('is made where none is', async () => {
    aws.api.answer(thatFinds(null));
    expect(await make()).toEqual({ id: ID, changes: [] });
    expect(aws.api.asked()).not.toContain('DeleteChangeSet');
  });

  it.each([
    ['of a change that failed', () => lying('EXECUTE_FAILED', now())],
    ['of a change that was made', () => lying('EXECUTE_COMPLETE', now())],
    ['that another change has overtaken', () => lying('OBSOLETE', now())],
    ['that could not be made', () => lying('UNAVAILABLE', now(), 'FAILED')],
    ['that somebody left an hour ago', () => lying('AVAILABLE', hourAgo())],
  ])('takes the place of one %s', async (_, found) => {
    aws.api.answer(thatFinds(found()));
    expect(await make()).toMatchObject({ id: ID });
    expect(aws.api.asked().indexOf('DeleteChangeSet')).toBeLessThan(aws.api.asked().indexOf('CreateChangeSet'));
    expect(aws.api.asked()).toContain('DeleteChangeSet');
  });

  it.each([
    ['waits for its yes', 'AVAILABLE', 'CREATE_COMPLETE'],
    ['is being made', 'UNAVAILABLE', 'CREATE_IN_PROGRESS'],
    ['is under way', 'EXECUTE_IN_PROGRESS', 'CREATE_COMPLETE'],
  ])('is not made while another one %s', async (_, execution, status) => {
    aws.api.answer(thatFinds(lying(execution, now(), status)));
    await expect(make()).rejects.toThrow(/another deployment of curbside is under way/);
    expect(aws.api.asked()).toEqual(['DescribeChangeSet']);
  });

  it('is not made either when another one is quicker', async () => {
    aws.api.answer({ ...thatFinds(null), CreateChangeSet: () => refusal(400, 'AlreadyExistsException', 'exists') });
    await expect(make()).rejects.toThrow(/another deployment of curbside is under way/);
  });

  it('says what CloudFormation has against the template', async () => {
    aws.api.answer({
      ...thatFinds(null),
      CreateChangeSet: () => refusal(400, 'ValidationError', 'Template format error'),
    });
    await expect(make()).rejects.toThrow('CloudFormation does not take the template: Template format error');
  });

  it('that cannot begin is put away', async () => {
    aws.api.answer({
      ExecuteChangeSet: () => refusal(400, 'InvalidChangeSetStatus', 'cannot be executed in its current status'),
      DeleteChangeSet: () => [200, ''],
    });
    await expect(executeChangeSet(aws.client, 'curbside', ID)).rejects.toThrow(/cannot begin, perhaps another one has/);
    expect(aws.api.asked()).toEqual(['ExecuteChangeSet', 'DeleteChangeSet']);
  });
});
