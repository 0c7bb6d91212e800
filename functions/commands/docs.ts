import { readFile, writeFile } from 'node:fs/promises';
import { settingsTable } from '../config/config.ts';
import { paramsTable } from '../http/params/parameters.ts';

/** Tables by the marker of their block in a README: `<!-- NAME -->` … `<!-- /NAME -->`. */
const TABLES = { settings: settingsTable, parameters: paramsTable };

/** Files with such blocks. A table can be in several of them, and must be in one. */
const READMES = ['README.md', 'functions/http/README.md'];

const missing = new Set(Object.keys(TABLES));
for (const path of READMES) {
  const before = await readFile(path, 'utf8');
  let after = before;
  for (const [name, table] of Object.entries(TABLES)) {
    const block = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (block.test(after)) missing.delete(name);
    after = after.replace(block, (_all, start: string, end: string) => `${start}${table()}\n${end}`);
  }
  if (after === before) continue;
  if (process.argv.includes('--check')) {
    console.error(`${path} has outdated tables: run \`npm run docs\``);
    process.exitCode = 1;
  } else await writeFile(path, after);
}
for (const name of missing) {
  console.error(`no README has a block <!-- ${name} --> … <!-- /${name} -->`);
  process.exitCode = 1;
}
