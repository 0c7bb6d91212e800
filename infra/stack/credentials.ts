import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { OperatorError } from './operator-error.ts';

type Environment = Record<string, string | undefined>;

/** Adds the variables that the AWS CLI knows to those that AWS's SDK for JavaScript reads. */
export function adoptCliVariables(env: Environment): void {
  const [profile, region] = [env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE, env.AWS_REGION || env.AWS_DEFAULT_REGION];
  if (profile) env.AWS_PROFILE = profile;
  if (region) env.AWS_REGION = region;
}

/** Checks that the profile exists: the SDK would report missing credentials instead. @throws OperatorError with the existing ones */
export async function checkProfile(env: Environment): Promise<void> {
  const profile = env.AWS_PROFILE;
  if (!profile) return;
  const files = [
    env.AWS_CONFIG_FILE || `${homedir()}/.aws/config`,
    env.AWS_SHARED_CREDENTIALS_FILE || `${homedir()}/.aws/credentials`,
  ];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  const sections = texts.join('\n').matchAll(/^\s*\[\s*(?:profile\s+)?["']?([^\]"'\s]+)["']?\s*\]/gm);
  const profiles = [...new Set(Array.from(sections, ([, name = '']) => name))].sort();
  if (profiles.includes(profile)) return;
  throw new OperatorError(
    `there is no AWS profile "${profile}" in ${files.join(' or ')}; ${profiles.length > 0 ? `there are: ${profiles.join(', ')}` : 'there are none'}`,
  );
}

/**
 * AWS's usual chain: variables, the profile (SSO and assumed roles included), the instance's role. All clients share it, so that it
 * asks for an MFA code once.
 * @param ask prompts the operator for a line of text; `undefined` without a terminal
 * @throws (the provider) OperatorError with the command that renews a sign-in
 */
export function createCredentials(
  env: Environment,
  ask: ((question: string) => Promise<string>) | undefined,
): ReturnType<typeof defaultProvider> {
  const option = env.AWS_PROFILE ? ` --profile ${env.AWS_PROFILE}` : '';
  const provide = defaultProvider({
    mfaCodeProvider: async (device) => {
      if (ask) return ask(`MFA code of ${device}:`);
      throw new OperatorError(
        `the AWS profile needs an MFA code, and there is no terminal to type it on: run the command in a terminal, or pass temporary credentials (aws configure export-credentials${option} --format env)`,
      );
    },
  });
  return (properties) =>
    provide(properties).catch((error: Error) => {
      const command = error.name === 'CredentialsProviderError' ? signInCommand(error.message) : undefined;
      if (!command) throw error;
      throw new OperatorError(
        `the sign-in to AWS is missing or has expired: run \`${command}${option}\` and repeat the command (${error.message.trim()})`,
      );
    });
}

/** The command of the AWS CLI that renews the sign-in that a message of the SDK is about. */
function signInCommand(message: string): string | undefined {
  if (/\bsso\b/i.test(message)) return 'aws sso login';
  return /aws login|reauthenticate|load token from/i.test(message) ? 'aws login' : undefined;
}
