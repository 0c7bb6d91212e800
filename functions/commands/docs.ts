import { readFile, writeFile } from 'node:fs/promises';
import { settingsTable } from '../config/settings-help.ts';
import { paramsTable } from '../http/params/parameters-table.ts';
import { replaceBlock } from './marked-block.ts';

/** Tables that the code generates: each replaces the text between `<!-- NAME -->` and `<!-- /NAME -->` in its file. */
const TABLES = [
  { file: 'functions/config/README.md', name: 'settings', table: settingsTable },
  { file: 'functions/http/README.md', name: 'parameters', table: paramsTable },
];

for (const { file, name, table } of TABLES) {
  const text = await readFile(file, 'utf8');
  const updated = replaceBlock(text, name, table(), file);
  if (updated === text) continue;
  if (process.argv.includes('--check')) {
    console.error(`The table "${name}" in ${file} is outdated: run \`npm run docs\``);
    process.exitCode = 1;
  } else await writeFile(file, updated);
}
