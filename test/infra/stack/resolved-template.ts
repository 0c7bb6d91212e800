import { isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import type { Json } from './template.ts';

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::AccountId': '123456789012',
  'AWS::Region': 'us-east-1',
  'AWS::StackName': 'curbside',
  'AWS::NoValue': '',
};

/**
 * The resources of a template with CloudFormation's functions evaluated, as AWS would receive them. Every condition holds.
 * @param values values of parameters; the others have their defaults
 * @param references what `!Ref NAME` and `!GetAtt NAME.ATTRIBUTE` of resources return; otherwise the reference's own text
 */
export function resolveTemplate(
  text: string,
  values: Readonly<Record<string, string>>,
  references: Readonly<Record<string, string>> = {},
): Record<string, { Type: string; Properties: Record<string, Json> }> {
  const document = parseDocument(text, { logLevel: 'silent' });
  const { Parameters = {} } = document.toJS() as { Parameters?: Record<string, { Default?: Json }> };
  const defaults = Object.entries(Parameters).map(([name, { Default }]) => [name, String(Default ?? '')]);
  const names: Record<string, string> = {
    ...Object.fromEntries(defaults),
    ...values,
    ...references,
    ...PSEUDO_PARAMETERS,
  };
  const nameOf = (name: string) => names[name] ?? name;
  const substitute = (pattern: string, own: Readonly<Record<string, string>> = {}) =>
    pattern.replace(/\$\{([\w:.]+)\}/g, (_, name: string) => own[name] ?? nameOf(name));
  const resolve = (node: unknown): Json => {
    if (isMap(node))
      return Object.fromEntries(node.items.map(({ key, value }) => [String(key), resolve(value as Node)]));
    if (isSeq(node)) {
      const items = node.items.map(resolve);
      switch (node.tag) {
        case '!Sub':
          return substitute(String(items[0]), items[1] as Record<string, string>);
        case '!Select':
          return (items[1] as Json[])[Number(items[0])] ?? null;
        case '!Split':
          return String(items[1]).split(String(items[0]));
        case '!If':
          return items[1] ?? null;
        default:
          return items;
      }
    }
    if (!isScalar(node)) return null;
    if (node.tag === '!Ref' || node.tag === '!GetAtt') return nameOf(String(node.value));
    if (node.tag === '!Sub') return substitute(String(node.value));
    return node.value as Json;
  };
  return resolve(document.get('Resources')) as ReturnType<typeof resolveTemplate>;
}
