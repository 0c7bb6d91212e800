/**
 * The JSON text of an object whose list is long, in parts of one item each: the bytes that `JSON.stringify` would return for all of it.
 * @param object has the empty list under `key`, at its own level
 * @param items each as JSON text
 */
export function* jsonParts<Key extends string, Whole extends Readonly<Record<Key, readonly never[]>>>(
  object: Whole,
  key: Key,
  items: Iterable<string>,
): Generator<string> {
  const text = JSON.stringify(object);
  // Inside a string, a quotation mark would follow a backslash.
  const list = `"${key}":[]`;
  const at = text.indexOf(list) + list.length - 1;
  yield text.slice(0, at);
  let separator = '';
  for (const item of items) {
    yield separator + item;
    separator = ',';
  }
  yield text.slice(at);
}
