import { readFile, writeFile } from 'node:fs/promises';
import { cityJsonSchema } from '../../seed/city-file/city-json-schema.ts';
import { settingsTable } from '../config/settings-help.ts';
import { paramsTable } from '../http/params/parameters-table.ts';
import { replaceBlock } from './marked-block.ts';

/** Tables that the code generates: each replaces the text between `<!-- NAME -->` and `<!-- /NAME -->` in its file. */
const TABLES = [
  { file: 'functions/config/README.md', name: 'settings', table: settingsTable },
  { file: 'functions/http/README.md', name: 'parameters', table: paramsTable },
];

/** Completes and explains cities' files in editors. */
const SCHEMA_FILE = 'seed/cities/city.schema.json';

for (const { file, name, table } of TABLES) {
  const text = await readFile(file, 'utf8');
  await update(file, text, replaceBlock(text, name, table(), file), `The table "${name}" in ${file}`);
}
await update(SCHEMA_FILE, await readFile(SCHEMA_FILE, 'utf8').catch(() => ''), cityJsonSchema(), SCHEMA_FILE);

async function update(file: string, text: string, updated: string, what: string): Promise<void> {
  if (updated === text) return;
  if (process.argv.includes('--check')) {
    console.error(`${what} is outdated: run \`npm run docs\``);
    process.exitCode = 1;
  } else await writeFile(file, updated);
}
