import { SECTION_NAMES, type SectionName } from '../file/index-format.ts';

/**
 * Version of the packed form, which is its first byte; readers refuse any other. Then come the length of the header in two bytes, the header
 * (the index's format, the lengths of its sections and those of the packed parts), and the parts. 2: lengths of parts.
 */
export const PACKED_FORMAT = 2;

/** How a part of the sections is packed. */
export type Form =
  | 'bytes'
  | 'numbers'
  | 'differences'
  | 'pairs'
  | 'texts'
  | 'coordinates'
  | 'places'
  | 'branch vendor'
  | 'columns by vendor'
  | 'stems'
  | 'branch texts'
  | 'postings'
  | 'records';

export type Part = { readonly form: Form; readonly sections: readonly SectionName[] };

const part = (form: Form, ...sections: SectionName[]): Part => ({ form, sections });
const each = (form: Form, ...sections: SectionName[]): Part[] => sections.map((section) => part(form, section));

const KNOWN: readonly Part[] = [
  ...each('bytes', 'metadata'),
  part('coordinates', 'coordinates'),
  part('places', 'vectors', 'mortonCodes'),
  ...each('differences', 'vendorStarts'),
  ...each('numbers', 'vendorBranches'),
  part('branch vendor', 'branchVendor'),
  ...each('numbers', 'branchStatus', 'branchFacility', 'branchArea', 'branchHours'),
  part('columns by vendor', 'statusByVendor', 'facilityByVendor', 'areaByVendor', 'hoursByVendor'),
  ...each('differences', 'vendorCategoryStarts'),
  ...each('numbers', 'vendorCategories'),
  ...each('differences', 'weekStarts', 'weeks'),
  ...each('bytes', 'hoursFlags'),
  part('texts', 'hoursTextStarts', 'hoursTexts'),
  part('records', 'recordStarts', 'recordEnds', 'records', 'vendorsById'),
  part('texts', 'termStarts', 'terms'),
  part('stems', 'stemStarts', 'stems', 'stemWordStarts', 'stemWords'),
  ...each('differences', 'textStarts'),
  ...each('numbers', 'textWords'),
  ...each('differences', 'vendorTextStarts', 'vendorTexts'),
  part('branch texts', 'branchTextStarts', 'branchTexts'),
  part(
    'postings',
    'postingStarts',
    'postings',
    'denseTerms',
    'denseCounts',
    'bitSlices',
    'vendorPostingStarts',
    'vendorPostings',
    'vendorDenseTerms',
    'vendorDenseCounts',
    'vendorBitSlices',
  ),
  part('texts', 'suggestionTextStarts', 'suggestionTexts'),
  ...each('differences', 'suggestionWordStarts'),
  ...each('numbers', 'suggestionWords'),
  ...each('differences', 'suggestionStarts'),
  ...each('pairs', 'suggestions'),
];

const hasForm = new Set(KNOWN.flatMap(({ sections }) => sections));

/** The parts in their order: a part may need the sections of earlier ones. A new section is packed as bytes until it has a form. */
export const PARTS: readonly Part[] = [
  ...KNOWN,
  ...each('bytes', ...SECTION_NAMES.filter((name) => !hasForm.has(name))),
];
