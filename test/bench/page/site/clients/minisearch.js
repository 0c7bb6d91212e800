import MiniSearch from 'minisearch';
import { FIELDS, peerDocument, SHOWN, WEIGHTS } from './peer-document.js';

/** As its documentation advises for a search while typing: all words, the last one as a beginning, one typo in longer words. */
const OPTIONS = {
  fields: FIELDS,
  storeFields: ['record'],
  searchOptions: {
    combineWith: 'AND',
    prefix: (_term, at, terms) => at === terms.length - 1,
    fuzzy: (term) => (term.length > 3 ? 1 : false),
    boost: WEIGHTS,
  },
};

function build(vendors) {
  const index = new MiniSearch(OPTIONS);
  index.addAll(vendors.map(peerDocument));
  return index;
}

/** The index as a text. */
export function indexText(vendors) {
  return JSON.stringify(build(vendors));
}

/** @param hasIndex whether `data.json` is an index or the vendors */
export async function openSearch(hasIndex) {
  const data = await fetch('data.json');
  const index = hasIndex ? MiniSearch.loadJSON(await data.text(), OPTIONS) : build(await data.json());
  return async (text) =>
    index
      .search(text)
      .slice(0, SHOWN)
      .map(({ record }) => JSON.parse(record));
}
