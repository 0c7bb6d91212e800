import { readFile } from 'node:fs/promises';
import { GetFunctionConfigurationCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { refreshFunctionName } from '../stack/lambda-functions.ts';
import type { CheckInput, DeployedStack, StackCheck } from './check.ts';
import { expect } from './check-outcome.ts';
import { type SearchAnswer, waitFor } from './edge-client.ts';

/** A minute (`functions/releases/poller.ts` and the edge, 30 s each), and what the checks' own requests add. Seconds. */
const PICK_UP_LIMIT = 70;
/** A configuration of a function is in effect within seconds. */
const CONFIGURATION_LIMIT = 60;
/** A path of the page that CloudFront reads from the bucket, so that the refresh can load the table. */
const TABLE = 'basemap/verify.csv';

/** Waits until one question, which the edge caches, is answered from another release. */
async function waitForRelease({ edge, clock }: CheckInput, isWanted: (version: string) => boolean) {
  return waitFor('answer of the wanted release', PICK_UP_LIMIT, clock, async (observe) => {
    const { meta } = await edge.json<SearchAnswer>('/search?q=tacos&limit=1');
    observe(`the answer is of ${meta.data_version}`);
    return isWanted(meta.data_version) ? meta.data_version : undefined;
  });
}

/** Makes the refresh load this table instead of the city's; `null`: the city's again. */
export async function setSource(
  { name, clients: { lambda } }: DeployedStack,
  { clock }: CheckInput,
  url: string | null,
) {
  const FunctionName = refreshFunctionName(name);
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const { SOURCE_PERMITS: _, ...others } = Environment?.Variables ?? {};
  const Variables = { ...others, ...(url === null ? {} : { SOURCE_PERMITS: url }) };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  await waitFor('updated function', CONFIGURATION_LIMIT, clock, async () => {
    const { LastUpdateStatus } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    return LastUpdateStatus === 'InProgress' ? undefined : true;
  });
}

/** The sample with one vendor that no other release has. */
async function tableWith(vendor: string): Promise<string> {
  const [head = '', first = '', ...rest] = (await readFile('seed/sample/permits.csv', 'utf8')).split('\n');
  return [head, first.replace(/^[^,]*,[^,]*/, `999999,${vendor}`), ...rest].join('\n');
}

export const RELEASE_CHECKS: readonly StackCheck[] = [
  {
    name: 'a second deployment has nothing to do',
    proves: 'the values that CloudFormation returns are those that were deployed',
    needs: 'stack',
    run: async ({ stack }) => {
      const out = await stack.command('deploy');
      expect(out.includes('Nothing has changed'), `it did something: ${out.slice(-300)}`);
      return undefined;
    },
  },
  {
    name: "a refresh loads the city's data from within AWS",
    proves: 'the function reaches the data portal, the bucket and its queue',
    needs: ['RefreshFunction'],
    run: async ({ stack }) => {
      const out = await stack.command('refresh');
      const [, outcome] = /data (published|unchanged|refused)[^\n]*/.exec(out) ?? [];
      expect(outcome === 'published' || outcome === 'unchanged', out);
      return outcome;
    },
  },
  {
    name: 'a new release is in every answer a minute after its publication',
    proves: 'functions and edge take up new data in time, measured from here',
    needs: ['RefreshFunction', 'Distribution', 'BucketPolicy'],
    run: async (input) => {
      const { stack, edge } = input;
      const Body = await tableWith(`Verify ${Date.now()}`);
      await stack.clients.s3.send(
        new PutObjectCommand({
          Bucket: stack.resources.get('Bucket') ?? '',
          Key: `page/${TABLE}`,
          Body,
          ContentType: 'text/csv',
          CacheControl: 'no-store',
        }),
      );
      const { meta } = await edge.json<SearchAnswer>('/search?q=tacos&limit=1');
      await setSource(stack, input, `${edge.base}/${TABLE}`);
      try {
        await stack.command('refresh', '--force');
      } finally {
        await setSource(stack, input, null);
      }
      const { seconds } = await waitForRelease(input, (version) => version !== meta.data_version);
      return `after ${seconds} s`;
    },
  },
  {
    name: 'the previous release is in every answer a minute after a rollback',
    proves: '`npm run rollback:aws -- data`',
    needs: ['RefreshFunction', 'Distribution'],
    run: async (input) => {
      const { meta } = await input.edge.json<SearchAnswer>('/search?q=tacos&limit=1');
      const out = await input.stack.command('rollback', 'data');
      const [, version] = /data rolled back to (\S+),/.exec(out) ?? [];
      expect(version && version !== meta.data_version, out);
      const { seconds } = await waitForRelease(input, (answered) => answered === version);
      return `after ${seconds} s`;
    },
  },
  {
    name: 'the code rolls back to the version before, and forward again',
    proves: '`npm run rollback:aws -- code`, and the alias that CloudFormation moves',
    needs: ['ApiAlias', 'Distribution'],
    run: async ({ stack, edge }) => {
      // Publishes a second version.
      await stack.command('deploy', '--set', 'LogRetentionDays=7');
      const rollBack = async (...to: readonly string[]) => {
        const [, version] = /version (\d+)/.exec(await stack.command('rollback', 'code', ...to)) ?? [];
        const { status } = await edge.get('/readyz');
        expect(version && status === 200, `version ${version}: /readyz answers ${status}`);
        return Number(version);
      };
      const older = await rollBack();
      const newer = await rollBack('--to', String(older + 1));
      return `version ${older}, then ${newer}`;
    },
  },
];
