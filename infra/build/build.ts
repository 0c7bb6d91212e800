import { parseArgs } from 'node:util';
import { buildEntry, buildProject } from './build-project.ts';
import { NODE_ENTRIES, type NodeEntry } from './node-bundle.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string', default: 'dist' } },
});
const [name] = positionals;
if (name === undefined) await buildProject(values.out);
else if (Object.hasOwn(NODE_ENTRIES, name)) await buildEntry(name as NodeEntry, values.out);
else throw new Error(`there is no entry point ${name}; choose one of ${Object.keys(NODE_ENTRIES).join(', ')}`);
