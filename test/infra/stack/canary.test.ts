import { describe, expect, it } from 'vitest';
import { at, Parameters, Resources } from './template.ts';

describe('a gradual change of the alias', () => {
  it('is made by CodeDeploy, which stops at the alarms of the API and of the new version', () => {
    expect(Parameters.Canary?.Default).toBe('off');
    const canary = Object.entries(Resources).filter(([, { Condition }]) => Condition === 'HasCanary');
    expect(canary.map(([name]) => name).sort()).toEqual([
      'CanaryApplication',
      'CanaryFails',
      'CanaryGroup',
      'CanaryRole',
    ]);
    const policy = {
      CodeDeployLambdaAliasUpdate: { ApplicationName: 'CanaryApplication', DeploymentGroupName: 'CanaryGroup' },
    };
    expect(Resources.ApiAlias?.UpdatePolicy).toEqual(['HasCanary', policy, 'AWS::NoValue']);
    const { DeploymentConfigName, AlarmConfiguration, AutoRollbackConfiguration } =
      Resources.CanaryGroup?.Properties ?? {};
    expect(DeploymentConfigName).toMatch(/^CodeDeployDefault\.LambdaCanary\$\{Canary\}$/);
    const alarms = at(AlarmConfiguration, 'Alarms') as { Name: string }[];
    expect(alarms.map(({ Name }) => Resources[Name]?.Type)).toEqual(Array(3).fill('AWS::CloudWatch::Alarm'));
    expect(at(AutoRollbackConfiguration, 'Events')).toContain('DEPLOYMENT_STOP_ON_ALARM');
    // Each deployment has another version, so that only its own failures count.
    expect(Resources.CanaryFails?.Properties.Dimensions).toEqual([
      { Name: 'FunctionName', Value: 'ApiFunction' },
      { Name: 'Resource', Value: expect.stringMatching(/\{ApiFunction\}:live$/) },
      { Name: 'ExecutedVersion', Value: 'ApiVersion.Version' },
    ]);
  });
});
