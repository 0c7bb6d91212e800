import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readableDiff } from '../../../infra/stack/diff.ts';
import { rollbackTarget } from '../../../infra/stack/lambda-functions.ts';
import { asParameters, effectiveValues, readTemplate, revisionOf } from '../../../infra/stack/read-template.ts';
import { checkName, nextStep } from '../../../infra/stack/stack.ts';
import { whatFailed } from '../../../infra/stack/stack-events.ts';

const template = readTemplate(readFileSync('infra/template.yaml', 'utf8'));

describe('the difference that is shown before a change', () => {
  const change = (Action: string, LogicalResourceId: string, ResourceType: string, more = {}) => ({
    Type: 'Resource' as const,
    ResourceChange: { Action: Action as 'Add', LogicalResourceId, ResourceType, ...more },
  });

  it('names what goes first, and marks what is made anew', () => {
    const text = readableDiff([
      change('Add', 'Alerts', 'AWS::SNS::Topic'),
      change('Modify', 'ApiFunction', 'AWS::Lambda::Function', {
        Replacement: 'False',
        Details: [
          { Target: { Attribute: 'Properties', Name: 'MemorySize' } },
          { Target: { Attribute: 'Properties', Name: 'Code' } },
        ],
      }),
      change('Modify', 'Bucket', 'AWS::S3::Bucket', {
        Replacement: 'True',
        Details: [{ Target: { Name: 'BucketName' } }],
      }),
      change('Modify', 'ApiAlias', 'AWS::Lambda::Alias', { Replacement: 'Conditional' }),
      change('Remove', 'SearchDomain', 'AWS::OpenSearchService::Domain'),
      change('Remove', 'ApiVersion1', 'AWS::Lambda::Version', { PolicyAction: 'Retain' }),
    ]);
    expect(text.split('\n')).toEqual([
      '  - ApiVersion1 (Lambda Version) stays, outside of the stack',
      '  - SearchDomain (OpenSearchService Domain)',
      '  ~ ApiAlias (Lambda Alias) perhaps REPLACED',
      '  ~ ApiFunction (Lambda Function): Code, MemorySize',
      '  ~ Bucket (S3 Bucket) REPLACED: BucketName',
      '  + Alerts (SNS Topic)',
    ]);
  });
});

describe('a failed change', () => {
  it('is told by its causes, not by what was cancelled with it', () => {
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
      whatFailed([
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

  it.each([
    [undefined, 'create'],
    ['REVIEW_IN_PROGRESS', 'create'],
    ['ROLLBACK_COMPLETE', 'remake'],
    ['CREATE_COMPLETE', 'update'],
    ['UPDATE_COMPLETE', 'update'],
    ['UPDATE_ROLLBACK_COMPLETE', 'update'],
  ])('a stack that is %s can be deployed to: %s', (status, step) => {
    expect(nextStep('curbside', status === undefined ? undefined : { status, reason: '' })).toBe(step);
  });

  it.each([
    ['CREATE_IN_PROGRESS', /is being changed right now \(CREATE_IN_PROGRESS\)/],
    ['UPDATE_ROLLBACK_IN_PROGRESS', /is being changed right now/],
    ['DELETE_IN_PROGRESS', /is being changed right now/],
    [
      'UPDATE_ROLLBACK_FAILED',
      /\(why\): remove the cause, then `aws cloudformation continue-update-rollback --stack-name curbside`/,
    ],
    ['DELETE_FAILED', /DELETE_FAILED/],
  ])('a stack that is %s cannot', (status, sentence) => {
    expect(() => nextStep('curbside', { status, reason: 'why' })).toThrow(sentence);
  });
});

describe('going back to older code', () => {
  const versions = [4, 3, 2].map((number) => ({ number, revision: `r${number}`, at: '', isLive: number === 3 }));

  it('takes the newest version before the live one, or the one that is named', () => {
    expect(rollbackTarget(versions, undefined).number).toBe(2);
    expect(rollbackTarget(versions, 4).number).toBe(4);
  });

  it('says what there is when there is no such version', () => {
    expect(() => rollbackTarget(versions, 3)).toThrow('version 3 is live already');
    expect(() => rollbackTarget(versions, 9)).toThrow('no version 9: there are 4, 3 (live), 2');
    expect(() => rollbackTarget([{ number: 1, revision: '', at: '', isLive: true }], undefined)).toThrow(
      /no version before/,
    );
  });
});

describe('the parameters of a deployment', () => {
  it('are those given now, else those deployed, else the defaults', () => {
    const values = effectiveValues(template, new Map([['AlertEmail', 'me@example.org']]), { LogRetentionDays: '30' });
    expect(values.get('AlertEmail')).toBe('me@example.org');
    expect(values.get('LogRetentionDays')).toBe('30');
    expect(values.get('Profile')).toBe('embedded');
    expect(values.has('ApiCodeKey')).toBe(false);
  });

  it("must be the template's", () => {
    expect(() => effectiveValues(template, new Map([['Email', 'x']]), {})).toThrow(
      /has no parameter Email; it has Profile, /,
    );
  });

  it('keep a secret that is not given again, without knowing or hashing it', () => {
    const deployed = { AppToken: '****', Profile: 'embedded' };
    const values = effectiveValues(template, new Map(), deployed);
    expect(values.get('AppToken')).toBe('');
    expect(asParameters(template, values, new Map(), deployed)).toContainEqual({
      ParameterKey: 'AppToken',
      UsePreviousValue: true,
    });
    const given = new Map([['AppToken', 'abc']]);
    const again = effectiveValues(template, given, deployed);
    expect(asParameters(template, again, given, deployed)).toContainEqual({
      ParameterKey: 'AppToken',
      ParameterValue: 'abc',
    });
    expect(revisionOf(template, again)).toBe(revisionOf(template, values));
  });

  it('decide the revision, whatever their order', () => {
    const pairs = [
      ['A', '1'],
      ['B', '2'],
    ] as const;
    expect(revisionOf(template, new Map(pairs))).toBe(revisionOf(template, new Map([...pairs].reverse())));
    expect(revisionOf(template, new Map([['A', '1']]))).not.toBe(revisionOf(template, new Map([['A', '2']])));
  });

  it.each(['Curbside', 'x', 'a_b', '-abc', 'a'.repeat(21), ''])('"%s" is no name of a stack', (name) => {
    expect(() => checkName(name)).toThrow(/--stack must be/);
  });
});
