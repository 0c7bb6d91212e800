import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { JOBS } from './jobs.ts';
import { type Measured, measure, PEERS, type PeerName } from './measure.ts';
import { measureOpening, type OpenMeasured, openingTable } from './opening.ts';
import { nodeVersion } from './process.ts';
import { machine, tableOf } from './table.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '733,100000' },
    peers: { type: 'string', default: PEERS.join(',') },
    json: { type: 'string' },
    readme: { type: 'boolean', default: false },
  },
});

const say = (line: string) => process.stderr.write(`${line}\n`);
const sizes = values.sizes.split(',').map(Number);
const names = values.peers.split(',') as PeerName[];
const unknown = names.filter((name) => !PEERS.includes(name));
if (unknown.length > 0 || sizes.some((size) => !(size > 0)) || names[0] !== 'curbside') {
  say(
    `--sizes takes numbers, --peers some of ${PEERS.join(', ')} with curbside first; got ${values.sizes} and ${values.peers}`,
  );
  process.exit(1);
}
const measured: Measured[] = [];
const opened: OpenMeasured[] = [];
for (const size of sizes) {
  measured.push(await measure(size, names, say));
  opened.push(await measureOpening(size, say));
}
const wrong = measured.flatMap(({ branches, peers }) =>
  peers.flatMap(({ name, wrong, differences }) =>
    wrong.map((job) => `${name} answers "${JOBS[job].title}" over ${branches} branches otherwise: ${differences[job]}`),
  ),
);
const date = new Date().toISOString().slice(0, 10);
const where = machine(nodeVersion());
const text = [
  `Measured ${date} on ${where}. Medians; in brackets how many times as long as Curbside takes. All peers had the same documents,
did the jobs in turn in one run, and gave the same totals and distances unless a star says otherwise.`,
  ...measured.map(tableOf),
  openingTable(opened),
].join('\n\n');
process.stdout.write(`${text}\n`);
for (const line of wrong) say(line);
if (wrong.length > 0) process.exitCode = 1;
if (values.json) writeFileSync(values.json, `${JSON.stringify({ date, machine: where, measured, opened }, null, 2)}\n`);
if (values.readme && wrong.length === 0) {
  const readme = readFileSync('README.md', 'utf8');
  const marked = /<!-- bench -->[\s\S]*<!-- \/bench -->/;
  if (!marked.test(readme)) throw new Error('README.md has no <!-- bench --> … <!-- /bench -->');
  writeFileSync(
    'README.md',
    readme.replace(marked, () => `<!-- bench -->\n${text}\n<!-- /bench -->`),
  );
}
