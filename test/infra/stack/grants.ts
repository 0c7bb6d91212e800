import { at, type Json, ofType } from './template.ts';

export type Statement = {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: string | string[];
};

const statementsOf = (policies: readonly Json[]) =>
  policies.flatMap((policy) => at(policy, 'PolicyDocument', 'Statement') as unknown as Statement[]);

/** What each role of the template is granted, in its own policies and in those that a profile adds. */
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

/** One action on one resource, as IAM decides about it; the resource's path alone. */
export type Deed = { readonly action: string; readonly path: string };

/**
 * The grants of a role for actions that begin so, a pair of one action and one pattern each; a `*` stands for any text, slashes too.
 * @param place what the ARNs have before their path: a parameter, or a resource's attribute
 */
export function pairsOf(role: string, service: string, place: string) {
  return (grants.get(role) ?? []).flatMap(({ Action, Resource }) =>
    [Action].flat().flatMap((action) =>
      [Resource ?? []].flat().flatMap((resource) => {
        const [, pattern] = resource.replace(/\$\{([\w.]+)\}/g, '$1').split(place);
        if (!action.startsWith(service) || pattern === undefined) return [];
        const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
        const matches = new RegExp(`^${parts.join('.*')}$`, 's');
        return [
          {
            name: `${action} on ${pattern}`,
            allows: (deed: Deed) => deed.action === action && matches.test(deed.path),
          },
        ];
      }),
    ),
  );
}
