/** The fields that the peers search, with weights like Curbside's. */
export const WEIGHTS = { name: 3, items: 3, categories: 2, places: 1 };
export const FIELDS = Object.keys(WEIGHTS);
/** The number of vendors in each answer. */
export const SHOWN = 20;

/** A vendor's texts by field, and the record that a list shows. */
export function peerDocument(vendor) {
  const { id, name, otherNames, items, categories, branches } = vendor;
  return {
    id,
    name: [name, ...otherNames].join('; '),
    items: items.join('; '),
    categories: categories.join('; '),
    places: [...new Set(branches.flatMap(({ address, area }) => [address ?? '', area ?? '']))].join('; '),
    record: JSON.stringify(vendor),
  };
}
