/**
 * A document with other text between `<!-- NAME -->` and `<!-- /NAME -->`.
 * @param file for the message @throws Error if the document has no such block
 */
export function replaceBlock(document: string, name: string, text: string, file: string): string {
  const block = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!block.test(document)) throw new Error(`${file} has no block <!-- ${name} --> … <!-- /${name} -->`);
  return document.replace(block, (_all, open: string, close: string) => `${open}${text}\n${close}`);
}
