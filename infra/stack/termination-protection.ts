import { type CloudFormationClient, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { OperatorError } from './operator-error.ts';

const PRODUCTION = 'production';

/**
 * Protects a production stack from deletion. Removes the protection only when the stack stops being production, so that one that an
 * operator has set by hand stays.
 * @returns a line about the change, or `undefined` if there is none
 */
export async function updateProtection(
  client: CloudFormationClient,
  { stack, isProtected, from, to }: { stack: string; isProtected: boolean; from: string; to: string },
): Promise<string | undefined> {
  const isWanted = to === PRODUCTION || (isProtected && from !== PRODUCTION);
  if (isWanted === isProtected) return undefined;
  await client.send(
    new UpdateTerminationProtectionCommand({ StackName: stack, EnableTerminationProtection: isWanted }),
  );
  return isWanted
    ? `${stack} is protected from deletion, because Environment=${PRODUCTION}`
    : `${stack} is no longer protected from deletion`;
}

/** @throws OperatorError with the command that removes the protection */
export function checkNotProtected(stack: string, isProtected: boolean): void {
  if (!isProtected) return;
  throw new OperatorError(
    `the stack ${stack} is protected from deletion, and nothing was deleted. To delete it anyway, remove the protection first: aws cloudformation update-termination-protection --stack-name ${stack} --no-enable-termination-protection`,
  );
}
