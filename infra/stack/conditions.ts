import { type Document, isMap, isScalar, isSeq, type Node } from 'yaml';

/**
 * Evaluates a template's conditions for these parameter values. Supports only the functions that this project's template
 * uses: `!Equals`, `!Not`, `!And`, `!Or`, `!Condition` and `!Ref` to a parameter.
 * @throws Error for any other function
 */
export function evaluateConditions(
  document: Document,
  values: ReadonlyMap<string, string>,
): ReadonlyMap<string, boolean> {
  const section = document.get('Conditions');
  const nodes = new Map<string, Node>(
    isMap(section) ? section.items.map(({ key, value }) => [String(key), value as Node]) : [],
  );
  const toText = (node: unknown): string => {
    if (!isScalar(node)) throw new Error('a condition compares something that is not text');
    if (node.tag === '!Ref') return values.get(String(node.value)) ?? '';
    if (node.tag?.startsWith('!')) throw new Error(`a condition has ${node.tag}, which is not supported`);
    return String(node.value);
  };
  const holds = (node: unknown): boolean => {
    if (isScalar(node) && node.tag === '!Condition') return holds(nodes.get(String(node.value)));
    if (!isSeq(node)) throw new Error('a condition is neither a list nor the name of another condition');
    const [first, second] = node.items;
    switch (node.tag) {
      case '!Equals':
        return toText(first) === toText(second);
      case '!Not':
        return !holds(first);
      case '!And':
        return node.items.every(holds);
      case '!Or':
        return node.items.some(holds);
      default:
        throw new Error(`a condition has ${node.tag}, which is not supported`);
    }
  };
  return new Map([...nodes].map(([name, node]) => [name, holds(node)]));
}
