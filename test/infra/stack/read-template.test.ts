import { describe, expect, it } from 'vitest';
import { readTemplate, resolveParameters, revisionOf, toParameters } from '../../../infra/stack/read-template.ts';
import { text } from './template.ts';

const template = readTemplate(text);

describe('the parameters of a deployment', () => {
  it('are the overrides, then the deployed values, then the defaults', () => {
    const values = resolveParameters(template, new Map([['AlertEmail', 'me@example.org']]), { LogRetentionDays: '30' });
    expect(values.get('AlertEmail')).toBe('me@example.org');
    expect(values.get('LogRetentionDays')).toBe('30');
    expect(values.get('Profile')).toBe('embedded');
    expect(values.has('ApiCodeKey')).toBe(false);
  });

  it('must exist in the template', () => {
    expect(() => resolveParameters(template, new Map([['Email', 'x']]), {})).toThrow(
      /has no parameter Email; it has Profile, /,
    );
  });

  it('keep a secret that is not set again, without reading or hashing it', () => {
    const deployed = { AppToken: '****', Profile: 'embedded' };
    const values = resolveParameters(template, new Map(), deployed);
    expect(values.get('AppToken')).toBe('');
    expect(toParameters(template, values, new Map(), deployed)).toContainEqual({
      ParameterKey: 'AppToken',
      UsePreviousValue: true,
    });
    const overrides = new Map([['AppToken', 'abc']]);
    const again = resolveParameters(template, overrides, deployed);
    expect(toParameters(template, again, overrides, deployed)).toContainEqual({
      ParameterKey: 'AppToken',
      ParameterValue: 'abc',
    });
    expect(revisionOf(template, again)).toBe(revisionOf(template, values));
  });

  it('determine the revision, in any order', () => {
    const pairs = [
      ['A', '1'],
      ['B', '2'],
    ] as const;
    expect(revisionOf(template, new Map(pairs))).toBe(revisionOf(template, new Map([...pairs].reverse())));
    expect(revisionOf(template, new Map([['A', '1']]))).not.toBe(revisionOf(template, new Map([['A', '2']])));
  });
});
