import { SourceError } from '../load-errors.ts';

/** Bytes of a ZIP archive in which the names of its first files are. */
const SEARCHED_BYTES = 64 * 1024;

/** @throws SourceError that names a format which is not read, and what to do. */
export function refuseOtherFormats(raw: Buffer, from: string): void {
  const head = raw.subarray(0, 8).toString('latin1');
  if (head.startsWith('PK\x03\x04')) throw new SourceError(from, archiveFault(raw));
  if (head.startsWith('\xd0\xcf\x11\xe0')) {
    throw new SourceError(
      from,
      'is an Excel workbook of the old format (.xls): export its sheet as CSV, with the encoding UTF-8',
    );
  }
  if (head.startsWith('%PDF')) throw new SourceError(from, 'is a PDF: export the table as CSV or JSON');
  if (head.startsWith('PAR1')) throw new SourceError(from, 'is a Parquet file: export the table as CSV or JSON');
}

/** Excel and OpenDocument files are ZIP archives too. */
function archiveFault(raw: Buffer): string {
  const start = raw.subarray(0, SEARCHED_BYTES).toString('latin1');
  if (/\[Content_Types\]\.xml|xl\/(?:workbook|worksheets|_rels)/.test(start)) {
    return 'is an Excel workbook (.xlsx): export its sheet as CSV, with the encoding UTF-8';
  }
  if (start.includes('opendocument.spreadsheet')) {
    return 'is an OpenDocument spreadsheet (.ods): export its sheet as CSV, with the encoding UTF-8';
  }
  // APPNOTE.TXT section 4.3.7: the length of the first file's name is at byte 26, the name at byte 30.
  const length = raw.length > 30 ? raw.readUInt16LE(26) : 0;
  const name = raw.subarray(30, 30 + Math.min(length, 100)).toString('utf8');
  const inside = /^[^\p{C}]+$/u.test(name) ? ` (with ${JSON.stringify(name)})` : '';
  return `is a ZIP archive${inside}: unpack it, and give the table that is in it`;
}
