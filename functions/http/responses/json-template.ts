/** In a {@link Template}: the value depends on the request, not only on the entity. */
export const PER_REQUEST = Symbol('per request');

/**
 * The one list of an object's keys, in the order of its JSON. A key has either a function of the entity, whose text can be cached for
 * as long as the entity lives, or {@link PER_REQUEST}. The writer of objects and the writer of text both read it, so neither can miss
 * a key.
 */
export type Template<Entity, Json, RequestKey extends keyof Json> = {
  readonly [Key in keyof Json]: Key extends RequestKey ? typeof PER_REQUEST : (entity: Entity) => Json[Key];
};

type Part<Entity> = typeof PER_REQUEST | ((entity: Entity) => unknown);

/** An entity as an object. */
export function fillObject<Entity, Json, RequestKey extends keyof Json & string>(
  template: Template<Entity, Json, RequestKey>,
  entity: Entity,
  values: Readonly<Pick<Json, RequestKey>>,
): Json {
  const entries = Object.entries<Part<Entity>>(template).map(([key, part]) => [
    key,
    part === PER_REQUEST ? values[key as RequestKey] : part(entity),
  ]);
  return Object.fromEntries(entries) as Json;
}

/** JSON text with a gap for each of `keys`: `texts[0]`, the first value, `texts[1]`, the second value, … */
export type GappedJson<Key extends string> = { readonly keys: readonly Key[]; readonly texts: readonly string[] };

/** An entity as JSON text, with gaps for the values that depend on the request. */
export function gappedJson<Entity, Json, RequestKey extends keyof Json & string>(
  template: Template<Entity, Json, RequestKey>,
  entity: Entity,
): GappedJson<RequestKey> {
  const keys: RequestKey[] = [];
  const texts: string[] = [];
  let separator = '{';
  let pieces: string[] = [];
  for (const [key, part] of Object.entries<Part<Entity>>(template)) {
    pieces.push(separator, JSON.stringify(key), ':');
    separator = ',';
    if (part === PER_REQUEST) {
      keys.push(key as RequestKey);
      texts.push(pieces.join(''));
      pieces = [];
    } else pieces.push(JSON.stringify(part(entity)));
  }
  return { keys, texts: [...texts, [...pieces, '}'].join('')] };
}

/** Fills some of the gaps for good. Values are JSON. */
export function fillGaps<Key extends string, Filled extends Key>(
  { keys, texts }: GappedJson<Key>,
  values: Readonly<Record<Filled, string>>,
): GappedJson<Exclude<Key, Filled>> {
  const open: Exclude<Key, Filled>[] = [];
  const merged: string[] = [];
  // Pieces are joined, because V8 keeps a sum as a tree of its parts and walks it again in every response that it is copied into.
  let pieces = [texts[0] as string];
  keys.forEach((key, at) => {
    if (Object.hasOwn(values, key)) pieces.push(values[key as Filled]);
    else {
      open.push(key as Exclude<Key, Filled>);
      merged.push(pieces.join(''));
      pieces = [];
    }
    pieces.push(texts[at + 1] as string);
  });
  return { keys: open, texts: [...merged, pieces.join('')] };
}

/** Fills all gaps. Values are JSON. */
export function fillJson<Key extends string>(
  { keys, texts }: GappedJson<Key>,
  values: Readonly<Record<Key, string>>,
): string {
  let json = texts[0] as string;
  for (let at = 0; at < keys.length; at++) json += values[keys[at] as Key] + texts[at + 1];
  return json;
}
