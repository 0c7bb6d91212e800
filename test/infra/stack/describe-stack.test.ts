import { describe, expect, it } from 'vitest';
import { checkStackName, deploymentStep } from '../../../infra/stack/describe-stack.ts';

describe('deploymentStep', () => {
  it.each([
    [undefined, 'create'],
    ['REVIEW_IN_PROGRESS', 'create'],
    ['ROLLBACK_COMPLETE', 'remake'],
    ['CREATE_COMPLETE', 'update'],
    ['UPDATE_COMPLETE', 'update'],
    ['UPDATE_ROLLBACK_COMPLETE', 'update'],
  ])('for a stack that is %s is to %s', (status, step) => {
    expect(deploymentStep('curbside', status === undefined ? undefined : { status, reason: '' })).toBe(step);
  });

  it.each([
    ['CREATE_IN_PROGRESS', /is being changed right now \(CREATE_IN_PROGRESS\)/],
    ['UPDATE_ROLLBACK_IN_PROGRESS', /is being changed right now/],
    ['DELETE_IN_PROGRESS', /is being changed right now/],
    [
      'UPDATE_ROLLBACK_FAILED',
      /\(why\): remove the cause, then run `aws cloudformation continue-update-rollback --stack-name curbside`/,
    ],
    ['DELETE_FAILED', /DELETE_FAILED/],
  ])('is an error for a stack that is %s', (status, message) => {
    expect(() => deploymentStep('curbside', { status, reason: 'why' })).toThrow(message);
  });
});

describe('checkStackName', () => {
  it.each(['Curbside', 'x', 'a_b', '-abc', 'a'.repeat(21), ''])('rejects "%s"', (name) => {
    expect(() => checkStackName(name)).toThrow(/--stack must be/);
  });
});
