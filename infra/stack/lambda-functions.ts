import {
  GetAliasCommand,
  InvokeCommand,
  type LambdaClient,
  ListVersionsByFunctionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { OperatorError } from './operator-error.ts';

// Names that the template gives to the functions, their log groups and the alias that CloudFront calls.
export const apiFunctionName = (stack: string) => `${stack}-api`;
export const refreshFunctionName = (stack: string) => `${stack}-refresh`;
export const logGroupName = (functionName: string) => `/aws/lambda/${functionName}`;
const ALIAS = 'live';

/** What the refresh function does; without `city`, for all cities. */
export type RefreshEvent = { readonly city?: string; readonly force?: boolean; readonly rollback?: boolean };

/** The answer of the refresh function for one city. */
export type RefreshResult = { readonly outcome: string; readonly version: string; readonly branches: number };

/** Runs the refresh function and waits for its answer. @throws OperatorError with the function's error */
export async function invokeRefresh(lambda: LambdaClient, stack: string, event: RefreshEvent): Promise<RefreshResult> {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({
      FunctionName: refreshFunctionName(stack),
      Payload: new TextEncoder().encode(JSON.stringify(event)),
    }),
  );
  const answer = JSON.parse(new TextDecoder().decode(Payload) || 'null') as
    | (RefreshResult & { errorMessage?: string })
    | null;
  if (FunctionError || !answer || answer.errorMessage !== undefined) {
    throw new OperatorError(
      `the refresh function failed: ${answer?.errorMessage ?? FunctionError ?? 'it returned no answer'}`,
    );
  }
  return answer;
}

/** A published version of the API function. */
export type ApiVersion = {
  readonly number: number;
  readonly revision: string;
  readonly at: string;
  readonly isLive: boolean;
  /** Its share of the calls during a gradual change, 0 to 1; the live version has the rest. */
  readonly share: number;
};

/** Lists the published versions, newest first. */
export async function listVersions(lambda: LambdaClient, stack: string): Promise<ApiVersion[]> {
  const FunctionName = apiFunctionName(stack);
  const alias = await lambda.send(new GetAliasCommand({ FunctionName, Name: ALIAS }));
  const { FunctionVersion: live, RoutingConfig: { AdditionalVersionWeights: shares = {} } = {} } = alias;
  const versions: ApiVersion[] = [];
  let marker: string | undefined;
  do {
    const page = await lambda.send(
      new ListVersionsByFunctionCommand({ FunctionName, ...(marker ? { Marker: marker } : {}) }),
    );
    for (const { Version: number, Description = '', LastModified = '' } of page.Versions ?? []) {
      if (number && number !== '$LATEST') {
        const share = shares[number] ?? 0;
        const isLive = number === live;
        versions.push({ number: Number(number), revision: Description, at: LastModified, isLive, share });
      }
    }
    marker = page.NextMarker;
  } while (marker);
  return versions.sort((a, b) => b.number - a.number);
}

/** Finds the version to roll back to: the requested one, or the newest one before the live one. @throws OperatorError if there is none */
export function rollbackTarget(versions: readonly ApiVersion[], requested: number | undefined): ApiVersion {
  const live = versions.find(({ isLive }) => isLive);
  const target =
    requested === undefined
      ? versions.find(({ number }) => live !== undefined && number < live.number)
      : versions.find(({ number }) => number === requested);
  if (!target) {
    const published = versions.map(({ number, isLive }) => `${number}${isLive ? ' (live)' : ''}`).join(', ') || 'none';
    throw new OperatorError(
      requested === undefined
        ? `there is no version before the live one; published versions: ${published}`
        : `there is no version ${requested}; published versions: ${published}`,
    );
  }
  if (target.isLive) throw new OperatorError(`version ${target.number} is live already`);
  return target;
}

/**
 * Makes CloudFront call the version that {@link rollbackTarget} finds.
 * @throws OperatorError if there is none
 */
export async function rollBackCode(
  lambda: LambdaClient,
  stack: string,
  requested: number | undefined,
): Promise<ApiVersion> {
  const target = rollbackTarget(await listVersions(lambda, stack), requested);
  const [FunctionName, FunctionVersion] = [apiFunctionName(stack), String(target.number)];
  // A gradual change that was stopped may have left a share of the calls to the version that is rolled back.
  const RoutingConfig = { AdditionalVersionWeights: {} };
  await lambda.send(new UpdateAliasCommand({ FunctionName, Name: ALIAS, FunctionVersion, RoutingConfig }));
  return target;
}
