import { describe, expect, it } from 'vitest';
import { formatDiff } from '../../../infra/stack/diff.ts';

describe('formatDiff', () => {
  const change = (Action: string, LogicalResourceId: string, ResourceType: string, more = {}) => ({
    Type: 'Resource' as const,
    ResourceChange: { Action: Action as 'Add', LogicalResourceId, ResourceType, ...more },
  });

  it('lists removals first, and marks replacements', () => {
    const text = formatDiff([
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
      '  - ApiVersion1 (Lambda Version) remains in the account',
      '  - SearchDomain (OpenSearchService Domain)',
      '  ~ ApiAlias (Lambda Alias) may be REPLACED',
      '  ~ ApiFunction (Lambda Function): Code, MemorySize',
      '  ~ Bucket (S3 Bucket) REPLACED: BucketName',
      '  + Alerts (SNS Topic)',
    ]);
  });
});
