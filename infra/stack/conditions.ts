import { type Document, isMap, isScalar, isSeq, type Node } from 'yaml';

/**
 * Whether each condition of a template holds for these values; it knows what templates here are written with: `!Equals`, `!Not`,
 * `!And`, `!Or`, `!Condition`, `!Ref` to a parameter, and a part of one by `!Select` and `!Split`. @throws Error for anything else
 */
export function conditionsOf(document: Document, values: ReadonlyMap<string, string>): ReadonlyMap<string, boolean> {
  const section = document.get('Conditions');
  const nodes = new Map<string, Node>(
    isMap(section) ? section.items.map(({ key, value }) => [String(key), value as Node]) : [],
  );
  const textOf = (node: unknown): string => {
    if (isSeq(node) && node.tag === '!Select') {
      const [at, split] = node.items;
      if (!isSeq(split) || split.tag !== '!Split')
        throw new Error('a condition selects from something that is not split');
      const [separator, whole] = split.items;
      return textOf(whole).split(textOf(separator))[Number(textOf(at))] ?? '';
    }
    if (!isScalar(node)) throw new Error('a condition compares something that is no text');
    if (node.tag === '!Ref') return values.get(String(node.value)) ?? '';
    if (node.tag?.startsWith('!')) throw new Error(`a condition has ${node.tag}, which is not known here`);
    return String(node.value);
  };
  const holds = (node: unknown): boolean => {
    if (isScalar(node) && node.tag === '!Condition') return holds(nodes.get(String(node.value)));
    if (!isSeq(node)) throw new Error('a condition is neither a list nor the name of another');
    const [first, second] = node.items;
    switch (node.tag) {
      case '!Equals':
        return textOf(first) === textOf(second);
      case '!Not':
        return !holds(first);
      case '!And':
        return node.items.every(holds);
      case '!Or':
        return node.items.some(holds);
      default:
        throw new Error(`a condition has ${node.tag}, which is not known here`);
    }
  };
  return new Map([...nodes].map(([name, node]) => [name, holds(node)]));
}
