import { type Document, isMap, isPair, isScalar, isSeq, type Node, parseDocument, type YAMLMap } from 'yaml';

/** Types that moto 5.2 leaves out of a stack without a word. */
const SKIPPED = [
  /^AWS::CloudFront::/,
  /^AWS::CloudWatch::Alarm$/,
  /^AWS::Lambda::(Alias|EventInvokeConfig|Url)$/,
  /^AWS::Logs::MetricFilter$/,
  /^AWS::IAM::RolePolicy$/,
  /^AWS::OpenSearchService::/,
  /^AWS::S3::BucketPolicy$/,
  /^AWS::SNS::Subscription$/,
  /^AWS::Budgets::/,
  /^AWS::Scheduler::/,
];

export type Reduced = {
  readonly text: string;
  /** Resources that were taken out, with the reason. */
  readonly resources: readonly string[];
  /** Parts of other resources that were taken out because they refer to those. */
  readonly parts: readonly string[];
};

/** A template without what moto would leave out in silence, and without whatever refers to that. */
export function reduceTemplate(text: string): Reduced {
  const document = parseDocument(text, { logLevel: 'silent' });
  const all = section(document, 'Resources');
  const resources: string[] = [];
  const parts: string[] = [];
  const gone = new Set<string>();
  const drop = (name: string, why: string) => {
    gone.add(name);
    resources.push(`${name}: ${why}`);
    all.delete(name);
  };
  for (const { key, value } of [...all.items]) {
    const type = String(isMap(value) ? value.get('Type') : '');
    if (SKIPPED.some((pattern) => pattern.test(type))) drop(String(key), type);
  }
  // What is left without a property of its own cannot be made; what refers to that cannot either.
  for (let before = -1; before !== gone.size; ) {
    before = gone.size;
    for (const { key, value } of [...all.items]) {
      if (!isMap(value)) continue;
      const name = String(key);
      const properties = value.get('Properties');
      const cut = isMap(properties) ? prune(properties, gone, '') : [];
      const own = cut.find((path) => !path.includes('.'));
      if (own) drop(name, `its ${own} refers to what is gone`);
      else parts.push(...cut.map((path) => `${name}.${path}`));
    }
  }
  prune(section(document, 'Outputs'), gone, '');
  return { text: document.toString({ lineWidth: 0 }), resources, parts };
}

function section(document: Document, name: string): YAMLMap {
  const node = document.get(name);
  if (!isMap(node)) throw new Error(`the template has no ${name}`);
  return node;
}

/** Takes entries that refer to what is gone out of a node; their paths. */
function prune(node: YAMLMap, gone: ReadonlySet<string>, path: string): string[] {
  const cut: string[] = [];
  for (const pair of [...node.items]) {
    const at = path ? `${path}.${pair.key}` : String(pair.key);
    if (refersTo(pair.value as Node | null, gone)) {
      node.items.splice(node.items.indexOf(pair), 1);
      cut.push(at);
    } else if (isMap(pair.value)) cut.push(...prune(pair.value, gone, at));
    else if (isSeq(pair.value)) {
      for (const item of [...pair.value.items]) {
        const place = `${at}[${pair.value.items.indexOf(item)}]`;
        // A list's item goes as a whole: half a statement would be another statement.
        if (refersTo(item as Node, gone) || (isMap(item) && holds(item, gone))) {
          if (isMap(item) && item.has('PolicyDocument')) cut.push(...prune(item, gone, place));
          else {
            pair.value.items.splice(pair.value.items.indexOf(item), 1);
            cut.push(place);
          }
        }
      }
    }
  }
  return cut;
}

function holds(node: Node, gone: ReadonlySet<string>): boolean {
  if (refersTo(node, gone)) return true;
  if (isMap(node) || isSeq(node)) {
    return node.items.some((item) => holds((isPair(item) ? item.value : item) as Node, gone));
  }
  return false;
}

/** Whether a node is itself a reference to one of the names, by any of CloudFormation's ways. */
function refersTo(node: Node | null, gone: ReadonlySet<string>): boolean {
  if (!node) return false;
  if (isScalar(node)) {
    const text = String(node.value);
    if (node.tag === '!Ref') return gone.has(text);
    if (node.tag === '!GetAtt') return gone.has(text.split('.')[0] ?? '');
    if (node.tag === '!Sub') return namedIn(text).some((name) => gone.has(name));
    return false;
  }
  if (!node.tag?.startsWith('!') || !isSeq(node)) return false;
  if (node.tag === '!Sub' && namedIn(String(node.get(0))).some((name) => gone.has(name))) return true;
  return node.items.some((item) => holds(item as Node, gone));
}

/** Names in `${…}` of a text. */
export function namedIn(text: string): string[] {
  return [...text.matchAll(/\$\{([A-Za-z]\w*)(?:\.\w+)*\}/g)].map(([, name]) => name ?? '');
}
