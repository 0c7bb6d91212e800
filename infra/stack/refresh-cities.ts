import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import { requireStack } from './describe-stack.ts';
import { invokeRefresh } from './lambda-functions.ts';
import { awsErrorMessage, OperatorError } from './operator-error.ts';
import { objectExists } from './s3-bucket.ts';

/** The cities of a stack, in the order of the parameter `City`. */
export type CitiesOfStack = {
  readonly stack: string;
  readonly all: readonly string[];
  readonly print: (line: string) => void;
};

/** The object that names the current release of a city; the first city has the one that it has alone. */
export function pointerKey(id: string, all: readonly string[]): string {
  return id === all[0] ? 'data/current.json' : `cities/${id}/current.json`;
}

/** Lists the cities that have no release yet. */
export async function citiesWithoutData(s3: S3Client, bucket: string, all: readonly string[]): Promise<string[]> {
  const exist = await Promise.all(all.map((id) => objectExists(s3, bucket, pointerKey(id, all))));
  return all.filter((_, at) => !exist[at]);
}

/** Reads the cities of a deployed stack. @throws OperatorError if it does not exist */
export async function citiesOfStack(client: CloudFormationClient, stack: string): Promise<string[]> {
  const { parameters } = await requireStack(client, stack);
  return (parameters.City ?? '').split(',');
}

/**
 * Chooses the cities for a command.
 * @param named values of `--city` @returns those that were named, otherwise all @throws OperatorError if the stack does not have one of them
 */
export function chooseCities(
  named: readonly string[],
  { stack, all }: Pick<CitiesOfStack, 'stack' | 'all'>,
): readonly string[] {
  const unknown = named.find((id) => !all.includes(id));
  if (unknown === undefined) return named.length > 0 ? named : all;
  throw new OperatorError(`the stack ${stack} has no city "${unknown}": it has ${all.join(', ')}`);
}

/**
 * Makes a city's previous release current.
 * @param named values of `--city`, of which a stack with several cities needs one
 * @throws OperatorError if the city is missing or unknown, or the function refuses
 */
export async function rollBackData(
  lambda: LambdaClient,
  { stack, all, print }: CitiesOfStack,
  named: readonly string[],
): Promise<void> {
  const [id, ...others] = chooseCities(named, { stack, all });
  if (others.length > 0) {
    throw new OperatorError(
      `say which of the cities to roll back: \`npm run rollback:aws -- data --city ID\`, with one of ${all.join(', ')}`,
    );
  }
  const [label, city] = all.length > 1 && id ? [`${id}: `, { city: id }] : ['', {}];
  const { version, branches } = await invokeRefresh(lambda, stack, { rollback: true, ...city });
  print(`${label}data rolled back to ${version}, ${branches} locations; all answers use it within a minute`);
}

/**
 * Loads the data of these cities, one after another. The failure of one does not stop the others.
 * @throws OperatorError with the reason of each that failed; the error itself if the stack has one city
 */
export async function refreshCities(
  lambda: LambdaClient,
  { stack, all, print }: CitiesOfStack,
  ids: readonly string[],
  event: { readonly force?: boolean },
): Promise<void> {
  const failures: string[] = [];
  for (const id of ids) {
    // A function with one city needs no name; earlier versions do not know it.
    const [label, city] = all.length > 1 ? [`${id}: `, { city: id }] : ['', {}];
    try {
      const { outcome, version, branches } = await invokeRefresh(lambda, stack, { ...event, ...city });
      print(`${label}data ${outcome}: ${version}, ${branches} locations`);
    } catch (error) {
      if (all.length === 1) throw error;
      failures.push(`${label}${awsErrorMessage(error) ?? (error as Error).message}`);
    }
  }
  if (failures.length > 0) throw new OperatorError(failures.join('\n'));
}
