import { type Document, isMap, isPair, isScalar, isSeq, type Node, parseDocument, type YAMLMap } from 'yaml';

/** Resource types that moto 5.2 silently skips. */
const UNSUPPORTED = [
  /^AWS::CloudFront::/,
  /^AWS::CodeDeploy::/,
  /^AWS::CloudWatch::Alarm$/,
  /^AWS::Lambda::(Alias|EventInvokeConfig|Url)$/,
  /^AWS::IAM::RolePolicy$/,
  /^AWS::OpenSearchService::/,
  /^AWS::S3::BucketPolicy$/,
  /^AWS::SNS::Subscription$/,
  /^AWS::Scheduler::/,
];

export type ReducedTemplate = {
  readonly text: string;
  /** Removed resources, each with the reason. */
  readonly resources: readonly string[];
  /** Removed parts of other resources, which referred to the removed ones. */
  readonly parts: readonly string[];
};

/** Removes the resources that moto does not support, and all references to them. */
export function reduceTemplate(text: string): ReducedTemplate {
  const document = parseDocument(text, { logLevel: 'silent' });
  const all = section(document, 'Resources');
  const resources: string[] = [];
  const parts: string[] = [];
  const removed = new Set<string>();
  const remove = (name: string, reason: string) => {
    removed.add(name);
    resources.push(`${name}: ${reason}`);
    all.delete(name);
  };
  for (const { key, value } of [...all.items]) {
    const type = String(isMap(value) ? value.get('Type') : '');
    if (UNSUPPORTED.some((pattern) => pattern.test(type))) remove(String(key), type);
  }
  // A resource that loses a property cannot be created; neither can the resources that refer to it.
  for (let before = -1; before !== removed.size; ) {
    before = removed.size;
    for (const { key, value } of [...all.items]) {
      if (!isMap(value)) continue;
      const name = String(key);
      const properties = value.get('Properties');
      const cut = isMap(properties) ? prune(properties, removed, '') : [];
      const own = cut.find((path) => !path.includes('.'));
      if (own) remove(name, `its ${own} refers to a removed resource`);
      else parts.push(...cut.map((path) => `${name}.${path}`));
    }
  }
  prune(section(document, 'Outputs'), removed, '');
  return { text: document.toString({ lineWidth: 0 }), resources, parts };
}

function section(document: Document, name: string): YAMLMap {
  const node = document.get(name);
  if (!isMap(node)) throw new Error(`the template has no ${name}`);
  return node;
}

/** Removes the entries of a node that refer to removed resources. @returns their paths */
function prune(node: YAMLMap, removed: ReadonlySet<string>, path: string): string[] {
  const paths: string[] = [];
  for (const pair of [...node.items]) {
    const at = path ? `${path}.${pair.key}` : String(pair.key);
    if (refersTo(pair.value as Node | null, removed)) {
      node.items.splice(node.items.indexOf(pair), 1);
      paths.push(at);
    } else if (isMap(pair.value)) paths.push(...prune(pair.value, removed, at));
    else if (isSeq(pair.value)) {
      for (const item of [...pair.value.items]) {
        const itemPath = `${at}[${pair.value.items.indexOf(item)}]`;
        // List items are removed as a whole, because a partial policy statement would have another meaning.
        if (refersTo(item as Node, removed) || (isMap(item) && containsReference(item, removed))) {
          if (isMap(item) && item.has('PolicyDocument')) paths.push(...prune(item, removed, itemPath));
          else {
            pair.value.items.splice(pair.value.items.indexOf(item), 1);
            paths.push(itemPath);
          }
        }
      }
    }
  }
  return paths;
}

function containsReference(node: Node, removed: ReadonlySet<string>): boolean {
  if (refersTo(node, removed)) return true;
  if (isMap(node) || isSeq(node)) {
    return node.items.some((item) => containsReference((isPair(item) ? item.value : item) as Node, removed));
  }
  return false;
}

/** Whether a node is itself a reference to one of the names. */
function refersTo(node: Node | null, removed: ReadonlySet<string>): boolean {
  if (!node) return false;
  if (isScalar(node)) {
    const text = String(node.value);
    if (node.tag === '!Ref') return removed.has(text);
    if (node.tag === '!GetAtt') return removed.has(text.split('.')[0] ?? '');
    if (node.tag === '!Sub') return referencedNames(text).some((name) => removed.has(name));
    return false;
  }
  if (!node.tag?.startsWith('!') || !isSeq(node)) return false;
  if (node.tag === '!Sub' && referencedNames(String(node.get(0))).some((name) => removed.has(name))) return true;
  return node.items.some((item) => containsReference(item as Node, removed));
}

/** The names in the `${…}` of a text. */
export function referencedNames(text: string): string[] {
  return [...text.matchAll(/\$\{([A-Za-z]\w*)(?:\.\w+)*\}/g)].map(([, name]) => name ?? '');
}
