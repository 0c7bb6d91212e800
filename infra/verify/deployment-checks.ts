import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { apiFunctionName, refreshFunctionName } from '../stack/lambda-functions.ts';
import type { StackCheck } from './check.ts';
import { expect } from './check-outcome.ts';
import { waitFor } from './edge-client.ts';
import { setSource } from './release-checks.ts';

/** A new version of the function and CloudFront's copies of `/meta`. Seconds. */
const CHANGE_LIMIT = 120;
/** Lambda tries a failed event again after one and after two minutes. Seconds. */
const GIVEN_UP_LIMIT = 600;
/** CloudWatch has the metrics of a function URL after some minutes. Seconds. */
const METRIC_LIMIT = 600;

type Meta = { readonly tiles: { readonly attribution: string } | null };

/** Checks that change the stack. They come last, and each leaves it as it was. */
export const DEPLOYMENT_CHECKS: readonly StackCheck[] = [
  {
    name: 'a text outside of ASCII arrives, and a second deployment has nothing to do',
    proves: 'parameters survive CloudFormation, which returns question marks',
    needs: ['ApiUrl', 'Distribution'],
    run: async ({ stack, edge, clock }) => {
      const wanted = '© Město Praha';
      await stack.command('deploy', '--set', `TilesAttribution=${wanted} https://example.org/`);
      const again = await stack.command('deploy');
      expect(again.includes('Nothing has changed'), `the second deployment did something: ${again.slice(-300)}`);
      const { seconds } = await waitFor('attribution in /meta', CHANGE_LIMIT, clock, async (observe) => {
        const { tiles } = await edge.json<Meta>('/meta');
        observe(`"${tiles?.attribution}"`);
        return tiles?.attribution === wanted ? tiles : undefined;
      });
      return `after ${seconds} s`;
    },
  },
  {
    name: 'a production stack is not deleted',
    proves: 'CloudFormation obeys the protection, and the command says how to remove it',
    needs: ['ApiUrl'],
    run: async ({ stack }) => {
      await stack.command('deploy', '--set', 'Environment=production');
      try {
        const refusal = await stack.command('destroy').then(
          () => 'it was deleted',
          (error: Error) => error.message,
        );
        expect(refusal.includes('is protected from deletion'), refusal);
      } finally {
        await stack.command('deploy', '--set', 'Environment=development');
      }
      return undefined;
    },
  },
  {
    name: 'a refresh that was given up is shown, and cleared by one that works',
    proves: 'the queue of failed events, `status` and `refresh --retry-failed`',
    needs: ['RefreshFunction', 'RefreshRetry', 'DeadLetters', 'ApiUrl'],
    run: async (input) => {
      const { stack, edge, clock } = input;
      await setSource(stack, input, `${edge.base}/no/such/table.csv`);
      let shown: { readonly value: string; readonly seconds: number };
      try {
        const FunctionName = refreshFunctionName(stack.name);
        await stack.clients.lambda.send(
          new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: Buffer.from('{}') }),
        );
        shown = await waitFor('failed refresh in status', GIVEN_UP_LIMIT, clock, async (observe) => {
          const [, failed = ''] = /^failed +(.*)$/m.exec(await stack.command('status', '--no-drift')) ?? [];
          observe(failed);
          return /^[1-9]\d* given up/.test(failed) ? failed : undefined;
        });
      } finally {
        await setSource(stack, input, null);
      }
      await stack.command('refresh', '--retry-failed');
      const after = await stack.command('status', '--no-drift');
      expect(/^failed +none$/m.test(after), `it is still shown: ${after}`);
      return `"${shown.value}" after ${shown.seconds} s`;
    },
  },
  {
    name: 'the alarm of slow answers has data',
    proves: "CloudWatch has percentiles of the function URL's latency",
    needs: ['ApiSlow', 'ApiUrl'],
    run: async ({ stack, clock }) => {
      const { value, seconds } = await waitFor('p99 of UrlRequestLatency', METRIC_LIMIT, clock, async () => {
        const { Datapoints = [] } = await stack.clients.alarms.send(
          new GetMetricStatisticsCommand({
            Namespace: 'AWS/Lambda',
            MetricName: 'UrlRequestLatency',
            Dimensions: [{ Name: 'FunctionName', Value: apiFunctionName(stack.name) }],
            StartTime: new Date(Date.now() - 3_600_000),
            EndTime: new Date(Date.now() + 60_000),
            Period: 3_600,
            ExtendedStatistics: ['p99'],
          }),
        );
        return Datapoints[0]?.ExtendedStatistics?.p99;
      });
      return `${Math.round(value)} ms after ${seconds} s`;
    },
  },
];
