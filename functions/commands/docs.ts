import { readFile, writeFile } from 'node:fs/promises';
import { settingsTable } from '../config/settings-help.ts';
import { paramsTable } from '../http/params/parameters.ts';

/** Generated tables by their name: each replaces what is between `<!-- NAME -->` and `<!-- /NAME -->`. */
const TABLES = { settings: settingsTable, parameters: paramsTable };

const before = await readFile('README.md', 'utf8');
let after = before;
for (const [name, table] of Object.entries(TABLES)) {
  const block = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!block.test(after)) throw new Error(`README.md has no block <!-- ${name} --> … <!-- /${name} -->`);
  after = after.replace(block, (_all, open: string, close: string) => `${open}${table()}\n${close}`);
}
if (after !== before && process.argv.includes('--check')) {
  console.error('The tables in README.md are outdated: run `npm run docs`');
  process.exitCode = 1;
} else {
  await writeFile('README.md', after);
}
