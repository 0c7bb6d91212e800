import { createDirectorySink } from '../../../functions/releases/directory-sink.ts';
import { releaseOf } from './release-of.ts';

// Publishes releases of FROM to TO branches into DIRECTORY in a loop until it is killed.
const [directory = '', from = '1', to = '9'] = process.argv.slice(2);
const sink = createDirectorySink(directory);
for (let branches = Number(from); ; branches = branches < Number(to) ? branches + 1 : Number(from)) {
  await sink.publish(releaseOf(branches), { 'quality.json': JSON.stringify({ branches }) });
  process.stdout.write('.');
}
