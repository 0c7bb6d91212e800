import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchNodeVersion } from '../bench-node.ts';
import { measureIndexOpening, type OpeningMeasurement, openingTable } from './index-opening.ts';
import { ENGINES, type EngineName, type Measurement, measure } from './measure.ts';
import { engineTable, losses, machine } from './table.ts';
import { TASKS } from './tasks.ts';

const README = 'test/bench/README.md';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '733,100000' },
    peers: { type: 'string', default: ENGINES.join(',') },
    json: { type: 'string' },
    readme: { type: 'boolean', default: false },
  },
});

const log = (line: string) => process.stderr.write(`${line}\n`);
const sizes = values.sizes.split(',').map(Number);
const names = values.peers.split(',') as EngineName[];
const unknown = names.filter((name) => !ENGINES.includes(name));
if (unknown.length > 0 || sizes.some((size) => !(size > 0)) || names[0] !== 'curbside') {
  log(
    `--sizes needs numbers, and --peers some of ${ENGINES.join(', ')}, curbside first; got ${values.sizes} and ${values.peers}`,
  );
  process.exit(1);
}
const date = new Date().toISOString().slice(0, 10);
const where = machine(benchNodeVersion());
const sections: string[] = [];
/** A section is printed as soon as it is measured, because all of them can take an hour. */
const show = (text: string) => {
  sections.push(text);
  process.stdout.write(`${text}\n\n`);
};
show(`Measured ${date} on ${where}. Medians; in brackets, the multiple of Curbside's time. All engines had the same documents, performed
the tasks in turn in one run, and returned the same totals and distances unless a star says otherwise.`);
const measurements: Measurement[] = [];
const openings: OpeningMeasurement[] = [];
for (const size of sizes) {
  const measured = await measure(size, names, log);
  measurements.push(measured);
  show(engineTable(measured));
  show(losses(measured));
}
for (const size of sizes) openings.push(await measureIndexOpening(size, log));
show(openingTable(openings));
const wrong = measurements.flatMap(({ branches, engines }) =>
  engines.flatMap(({ name, wrong, differences }) =>
    wrong.map(
      (task) =>
        `${name} gives a different result for "${TASKS[task].title}" over ${branches} branches: ${differences[task]}`,
    ),
  ),
);
const text = sections.join('\n\n');
for (const line of wrong) log(line);
if (wrong.length > 0) process.exitCode = 1;
if (values.json)
  writeFileSync(
    values.json,
    `${JSON.stringify({ date, machine: where, measured: measurements, opened: openings }, null, 2)}\n`,
  );
if (values.readme && wrong.length === 0) {
  const readme = readFileSync(README, 'utf8');
  const block = /<!-- bench -->[\s\S]*<!-- \/bench -->/;
  if (!block.test(readme)) throw new Error(`${README} has no block <!-- bench --> … <!-- /bench -->`);
  writeFileSync(
    README,
    readme.replace(block, () => `<!-- bench -->\n${text}\n<!-- /bench -->`),
  );
}
