import {
  GetAliasCommand,
  InvokeCommand,
  type LambdaClient,
  ListVersionsByFunctionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { OperatorError } from './operator-error.ts';

/** The template's names of the functions and of the alias that the edge calls. */
export const apiName = (stack: string) => `${stack}-api`;
export const refreshName = (stack: string) => `${stack}-refresh`;
const ALIAS = 'live';

/** What the refresh function answers. */
export type Refreshed = { readonly outcome: string; readonly version: string; readonly branches: number };

/** Runs the refresh function and waits for it. @throws Refusal with its error */
export async function refresh(
  lambda: LambdaClient,
  stack: string,
  event: { force?: boolean; rollback?: boolean },
): Promise<Refreshed> {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: refreshName(stack), Payload: new TextEncoder().encode(JSON.stringify(event)) }),
  );
  const answer = JSON.parse(new TextDecoder().decode(Payload) || 'null') as
    | (Refreshed & { errorMessage?: string })
    | null;
  if (FunctionError || !answer || answer.errorMessage !== undefined) {
    throw new OperatorError(
      `the refresh function failed: ${answer?.errorMessage ?? FunctionError ?? 'it said nothing'}`,
    );
  }
  return answer;
}

export type Version = {
  readonly number: number;
  readonly revision: string;
  readonly at: string;
  readonly isLive: boolean;
};

/** The API's published versions, newest first. */
export async function versions(lambda: LambdaClient, stack: string): Promise<Version[]> {
  const FunctionName = apiName(stack);
  const { FunctionVersion: live } = await lambda.send(new GetAliasCommand({ FunctionName, Name: ALIAS }));
  const found: Version[] = [];
  let marker: string | undefined;
  do {
    const page = await lambda.send(
      new ListVersionsByFunctionCommand({ FunctionName, ...(marker ? { Marker: marker } : {}) }),
    );
    for (const { Version: number, Description = '', LastModified = '' } of page.Versions ?? []) {
      if (number && number !== '$LATEST') {
        found.push({ number: Number(number), revision: Description, at: LastModified, isLive: number === live });
      }
    }
    marker = page.NextMarker;
  } while (marker);
  return found.sort((a, b) => b.number - a.number);
}

/** Which version to go back to: the one asked for, else the newest one before the live one. @throws Refusal when there is none */
export function rollbackTarget(found: readonly Version[], asked: number | undefined): Version {
  const live = found.find(({ isLive }) => isLive);
  const target =
    asked === undefined
      ? found.find(({ number }) => live !== undefined && number < live.number)
      : found.find(({ number }) => number === asked);
  const has = `there are ${found.map(({ number, isLive }) => `${number}${isLive ? ' (live)' : ''}`).join(', ') || 'none'}`;
  if (!target)
    throw new OperatorError(
      asked === undefined ? `no version before the live one: ${has}` : `no version ${asked}: ${has}`,
    );
  if (target.isLive) throw new OperatorError(`version ${target.number} is live already`);
  return target;
}

/** Lets the edge call another version from now on. */
export async function moveAlias(lambda: LambdaClient, stack: string, { number }: Version): Promise<void> {
  await lambda.send(
    new UpdateAliasCommand({ FunctionName: apiName(stack), Name: ALIAS, FunctionVersion: String(number) }),
  );
}
