import type { SignedApi } from './signed-api.ts';

/** The operator sets this one; the template has the name of the parameter in SSM instead. */
const APP_TOKEN = 'AppToken';
const TEMPLATE_PARAMETER = 'AppTokenParameter';

/** Name in SSM Parameter Store. The refresh function's role may read this path only. */
export const appTokenName = (stack: string) => `/curbside/${stack}/app-token`;

/**
 * Replaces a given app token by the name under which SSM Parameter Store keeps it, so that neither the template nor the function's
 * settings have the token.
 * @returns the token to store: empty to delete it, `undefined` to leave it
 */
export function separateAppToken(
  stack: string,
  overrides: ReadonlyMap<string, string>,
): { readonly overrides: ReadonlyMap<string, string>; readonly token: string | undefined } {
  const token = overrides.get(APP_TOKEN);
  if (token === undefined) return { overrides, token };
  const others = [...overrides].filter(([name]) => name !== APP_TOKEN);
  return { overrides: new Map([...others, [TEMPLATE_PARAMETER, token === '' ? '' : appTokenName(stack)]]), token };
}

/** Stores the token encrypted (a standard parameter is free), or deletes it if it is empty. */
export async function storeAppToken(api: SignedApi, stack: string, token: string): Promise<void> {
  if (token === '') return void (await deleteAppToken(api, stack));
  await callSsm(api, 'PutParameter', {
    Name: appTokenName(stack),
    Description: "Application token of the city's open-data portal, for Curbside",
    Value: token,
    Type: 'SecureString',
    Overwrite: true,
  });
}

/** @returns whether there was one */
export async function deleteAppToken(api: SignedApi, stack: string): Promise<boolean> {
  try {
    await callSsm(api, 'DeleteParameter', { Name: appTokenName(stack) });
    return true;
  } catch (error) {
    if ((error as Error).name === 'ParameterNotFound') return false;
    throw error;
  }
}

function callSsm(api: SignedApi, action: string, input: Record<string, unknown>): Promise<string> {
  const headers = { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': `AmazonSSM.${action}` };
  return api({ service: 'ssm', method: 'POST', path: '/', headers, body: JSON.stringify(input) });
}
