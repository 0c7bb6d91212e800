import { Client } from '@opensearch-project/opensearch';
import { createOpenSearchSink } from '../../../../functions/engine/opensearch/publish.ts';
import { syntheticRelease } from '../../../fixtures/synthetic-release.ts';

/** A process to be killed. Arguments: the cluster's URL, the alias, the number of vendors (also the version). */
const [node = '', alias = '', vendors = '0'] = process.argv.slice(2);
const sink = createOpenSearchSink({ client: new Client({ node }), alias });
process.stdout.write('begins\n');
await sink.publish(syntheticRelease(Number(vendors)), {});
process.stdout.write('published\n');
