import type { Change } from '@aws-sdk/client-cloudformation';

const SIGNS: Readonly<Record<string, string>> = { Add: '+', Modify: '~', Remove: '-', Import: '+', Dynamic: '?' };

/**
 * Formats a change set, one line for each resource: removed resources first, then modified ones with their changed
 * properties, then added ones. Marks replaced resources, because a replacement loses their data.
 */
export function formatDiff(changes: readonly Change[]): string {
  const rows = changes.flatMap(({ ResourceChange: change }) => {
    if (!change) return [];
    const { Action = '', LogicalResourceId: name = '', ResourceType: type = '' } = change;
    const { Replacement, Details = [], PolicyAction = '' } = change;
    const properties = [...new Set(Details.flatMap(({ Target }) => Target?.Name ?? Target?.Attribute ?? []))].sort();
    const replacement =
      Action !== 'Modify' || !Replacement || Replacement === 'False'
        ? ''
        : Replacement === 'True'
          ? ' REPLACED'
          : ' may be REPLACED';
    const retained = Action === 'Remove' && PolicyAction === 'Retain' ? ' remains in the account' : '';
    const propertyList = properties.length > 0 ? `: ${properties.join(', ')}` : '';
    return [
      {
        order: 'Remove Modify Dynamic Add'.indexOf(Action),
        line: `${SIGNS[Action] ?? Action} ${name} (${shortTypeName(type)})${replacement}${retained}${propertyList}`,
      },
    ];
  });
  return rows
    .sort((a, b) => a.order - b.order || (a.line < b.line ? -1 : 1))
    .map(({ line }) => `  ${line}`)
    .join('\n');
}

/** Shortens `AWS::Lambda::Function` to `Lambda Function`. */
export function shortTypeName(type: string): string {
  return type.replace(/^AWS::/, '').replaceAll('::', ' ');
}
