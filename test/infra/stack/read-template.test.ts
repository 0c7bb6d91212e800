import { describe, expect, it } from 'vitest';
import { checkStackName } from '../../../infra/stack/describe-stack.ts';
import { readTemplate, resolveParameters, revisionOf, toParameters } from '../../../infra/stack/read-template.ts';
import { Parameters, text } from './template.ts';

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

  it('are not sent again if they are deployed, because the returned values may be wrong', () => {
    const deployed = { TilesAttribution: '? City of Food', Profile: 'embedded' };
    const overrides = new Map([['LogRetentionDays', '30']]);
    const values = resolveParameters(template, overrides, deployed);
    const parameters = toParameters(values, new Set(overrides.keys()), deployed);
    expect(parameters).toContainEqual({ ParameterKey: 'TilesAttribution', UsePreviousValue: true });
    expect(parameters).toContainEqual({ ParameterKey: 'Profile', UsePreviousValue: true });
    expect(parameters).toContainEqual({ ParameterKey: 'LogRetentionDays', ParameterValue: '30' });
    // CloudFormation does not know it yet.
    expect(parameters).toContainEqual({ ParameterKey: 'City', ParameterValue: 'san-francisco' });
    expect(parameters.filter(({ ParameterValue = '' }) => /[^\x20-\x7e]/.test(ParameterValue))).toEqual([]);
  });

  it('may have a default of their own for a stack', () => {
    const defaults = new Map([['OpenSearchDomainName', 'vancouver']]);
    const name = (overrides: Map<string, string>, deployed = {}) =>
      resolveParameters(template, overrides, deployed, defaults).get('OpenSearchDomainName');
    expect(name(new Map())).toBe('vancouver');
    expect(name(new Map([['OpenSearchDomainName', 'mine']]))).toBe('mine');
    expect(name(new Map(), { OpenSearchDomainName: 'curbside' })).toBe('curbside');
    const pattern = String(Parameters.OpenSearchDomainName?.AllowedPattern);
    for (const stack of ['abc', 'curbside', 'a2345678901234567890'.slice(0, 20)]) {
      expect(new RegExp(`^(?:${pattern})$`).test(checkStackName(stack))).toBe(true);
    }
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
