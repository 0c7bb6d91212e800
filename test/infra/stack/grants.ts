import { at, type Json, ofType } from './template.ts';

export type Statement = {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: string | string[];
};

const statementsOf = (policies: readonly Json[]) =>
  policies.flatMap((policy) => at(policy, 'PolicyDocument', 'Statement') as unknown as Statement[]);

/** Maps each role of the template to the statements of its own policies and of those that a profile adds. */
export const grants: ReadonlyMap<string, readonly Statement[]> = new Map(
  ofType('AWS::IAM::Role').map(([role, { Properties }]) => {
    const added = ofType('AWS::IAM::RolePolicy').filter(([, one]) => one.Properties.RoleName === role);
    const policies = [
      ...((Properties.Policies as Json[] | undefined) ?? []),
      ...added.map(([, one]) => one.Properties),
    ];
    return [role, statementsOf(policies)];
  }),
);

/** An action on a resource, identified by its path. */
export type IamRequest = { readonly action: string; readonly path: string };

/**
 * Lists the grants of a role for a service, each with one action and one resource pattern, in which `*` matches any text.
 * @param pathOwner the parameter or resource attribute that precedes the path in the ARNs
 */
export function grantsOf(role: string, service: string, pathOwner: string) {
  return (grants.get(role) ?? []).flatMap(({ Action, Resource }) =>
    [Action].flat().flatMap((action) =>
      [Resource ?? []].flat().flatMap((resource) => {
        const [, pathPattern] = resource.replace(/\$\{([\w.]+)\}/g, '$1').split(pathOwner);
        if (!action.startsWith(service) || pathPattern === undefined) return [];
        const parts = pathPattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
        const matches = new RegExp(`^${parts.join('.*')}$`, 's');
        return [
          {
            name: `${action} on ${pathPattern}`,
            allows: (request: IamRequest) => request.action === action && matches.test(request.path),
          },
        ];
      }),
    ),
  );
}
