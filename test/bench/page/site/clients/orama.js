import { create, insertMultiple, load, save, search } from '@orama/orama';
import { FIELDS, peerDocument, SHOWN, WEIGHTS } from './peer-document.js';

const open = () => create({ schema: Object.fromEntries(FIELDS.map((field) => [field, 'string'])) });

async function build(vendors) {
  const index = open();
  await insertMultiple(index, vendors.map(peerDocument), 1_000);
  return index;
}

/** The index as a text. */
export async function indexText(vendors) {
  return JSON.stringify(save(await build(vendors)));
}

/** @param hasIndex whether `data.json` is an index or the vendors */
export async function openSearch(hasIndex) {
  const data = await (await fetch('data.json')).json();
  const index = hasIndex ? open() : await build(data);
  if (hasIndex) load(index, data);
  return async (term) => {
    // Threshold 0: all words. It completes every word.
    const tolerance = term.length > 3 ? 1 : 0;
    const options = { term, properties: FIELDS, boost: WEIGHTS, tolerance, threshold: 0, limit: SHOWN };
    const { hits } = await search(index, options);
    return hits.map(({ document }) => JSON.parse(document.record));
  };
}
