import type { Change } from '@aws-sdk/client-cloudformation';

const SIGNS: Readonly<Record<string, string>> = { Add: '+', Modify: '~', Remove: '-', Import: '+', Dynamic: '?' };

/**
 * What a change set would do, a line for each resource: what is made, changed (with which properties) and removed; what is made
 * anew or may be is marked, because its data goes with it.
 */
export function readableDiff(changes: readonly Change[]): string {
  const rows = changes.flatMap(({ ResourceChange: change }) => {
    if (!change) return [];
    const { Action = '', LogicalResourceId: name = '', ResourceType: type = '' } = change;
    const { Replacement, Details = [], PolicyAction = '' } = change;
    const properties = [...new Set(Details.flatMap(({ Target }) => Target?.Name ?? Target?.Attribute ?? []))].sort();
    const made =
      Action !== 'Modify' || !Replacement || Replacement === 'False'
        ? ''
        : Replacement === 'True'
          ? ' REPLACED'
          : ' perhaps REPLACED';
    // Taken out of the stack, but not out of the account.
    const kept = Action === 'Remove' && PolicyAction === 'Retain' ? ' stays, outside of the stack' : '';
    const what = properties.length > 0 ? `: ${properties.join(', ')}` : '';
    return [
      {
        order: 'Remove Modify Dynamic Add'.indexOf(Action),
        line: `${SIGNS[Action] ?? Action} ${name} (${shortType(type)})${made}${kept}${what}`,
      },
    ];
  });
  return rows
    .sort((a, b) => a.order - b.order || (a.line < b.line ? -1 : 1))
    .map(({ line }) => `  ${line}`)
    .join('\n');
}

/** `AWS::Lambda::Function` as `Lambda Function`. */
export function shortType(type: string): string {
  return type.replace(/^AWS::/, '').replaceAll('::', ' ');
}
