import {
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DeleteFunctionConcurrencyCommand, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { describeStack } from '../stack/describe-stack.ts';
import { apiFunctionName, logGroupName } from '../stack/lambda-functions.ts';
import type { StackCheck } from './check.ts';
import { expect, SkippedError } from './check-outcome.ts';
import { waitFor } from './edge-client.ts';

/** Log lines arrive within seconds, metrics from them within minutes. Seconds. */
const LOG_LIMIT = 90;
const METRIC_LIMIT = 600;

export const OPERATION_CHECKS: readonly StackCheck[] = [
  {
    name: 'the log has a line for a request, with the id of its answer',
    proves: "Lambda's invocation id is the request id of the answer",
    needs: ['ApiUrl', 'ApiLog'],
    run: async ({ stack, edge, clock }) => {
      const startTime = Date.now() - 60_000;
      const { headers } = await edge.get(`/search?q=tacos&verify=${Date.now()}`);
      const id = headers['x-request-id'];
      expect(id, 'the answer has no X-Request-Id');
      const { seconds } = await waitFor('line with this id', LOG_LIMIT, clock, async () => {
        const { events = [] } = await stack.clients.logs.send(
          new FilterLogEventsCommand({
            logGroupName: logGroupName(apiFunctionName(stack.name)),
            startTime,
            filterPattern: `{ $.event = "request" && $.requestId = "${id}" }`,
          }),
        );
        return events[0]?.message;
      });
      return `after ${seconds} s`;
    },
  },
  {
    name: 'metrics arrive from the log',
    proves: 'CloudWatch reads the embedded metric format',
    needs: ['ApiUrl', 'ApiLog'],
    run: async ({ stack, clock }) => {
      const { value, seconds } = await waitFor('age of the data', METRIC_LIMIT, clock, async () => {
        const { Datapoints = [] } = await stack.clients.alarms.send(
          new GetMetricStatisticsCommand({
            Namespace: stack.name,
            // The only one without `WithMetrics=yes`.
            MetricName: 'curbside_release_age_seconds',
            StartTime: new Date(Date.now() - 3_600_000),
            EndTime: new Date(Date.now() + 60_000),
            Period: 3_600,
            Statistics: ['SampleCount'],
          }),
        );
        const count = Datapoints.reduce((sum, { SampleCount = 0 }) => sum + SampleCount, 0);
        return count > 0 ? count : undefined;
      });
      return `${value} answers after ${seconds} s`;
    },
  },
  {
    name: 'the alarms exist, and one that is set off calls its action',
    proves: 'alarms reach the topic that sends the e-mails',
    needs: ['ApiFails', 'ApiThrottled', 'DataTooOld', 'Alerts'],
    run: async ({ stack, clock }) => {
      const { alarms } = stack.clients;
      const AlarmName = stack.resources.get('ApiThrottled') ?? '';
      const StateReason = 'set off by npm run aws:verify';
      await alarms.send(new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason }));
      const shown = await stack.command('status', '--no-drift');
      const { value } = await waitFor('action of the alarm', LOG_LIMIT, clock, async () => {
        const { AlarmHistoryItems = [] } = await alarms.send(
          new DescribeAlarmHistoryCommand({ AlarmName, HistoryItemType: 'Action' }),
        );
        return AlarmHistoryItems[0]?.HistorySummary;
      });
      await alarms.send(new SetAlarmStateCommand({ AlarmName, StateValue: 'OK', StateReason }));
      expect(/ACTIVE since/.test(shown), `status does not show it: ${shown}`);
      expect(/success/i.test(value), value);
      const { MetricAlarms = [] } = await alarms.send(new DescribeAlarmsCommand({ AlarmNamePrefix: `${stack.name}-` }));
      return `${MetricAlarms.length} alarms; ${value.replace(/arn:\S+/g, 'the topic')}`;
    },
  },
  {
    name: 'status shows a complete stack',
    proves: 'what an operator sees',
    needs: 'stack',
    run: async ({ stack }) => {
      const out = await stack.command('status', '--no-drift');
      expect(/^stack +\S+: (CREATE|UPDATE)_COMPLETE/m.test(out), out);
      expect(/^data +\S+: \d+ locations/m.test(out), `no data: ${out}`);
      return undefined;
    },
  },
  {
    name: 'status finds no drift in a new stack',
    proves: 'CloudFormation reads the resources back as the template describes them',
    needs: ['Distribution', 'ApiFunction'],
    run: async ({ stack }) => {
      const out = await stack.command('status');
      const [, found = ''] = /^drift +([\s\S]*)/m.exec(out) ?? [];
      if (found.startsWith('still being compared')) throw new SkippedError(found);
      expect(/^none in/.test(found), `drift: ${found || 'not shown'}`);
      return found;
    },
  },
  {
    name: 'a throttled call is a 429',
    proves: "the edge passes Lambda's own answer on, and does not cache it",
    needs: ['ApiUrl', 'ApiFunction'],
    run: async ({ stack, edge, clock }) => {
      const { lambda } = stack.clients;
      const FunctionName = apiFunctionName(stack.name);
      const ask = async () => (await edge.get(`/search?q=throttled&verify=${clock.now()}`)).status;
      await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
      try {
        await waitFor('throttled call', 60, clock, async (observe) => {
          const status = await ask();
          observe(String(status));
          return status === 429 ? status : undefined;
        });
      } finally {
        await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
      }
      await waitFor('answer after the throttling', 60, clock, async (observe) => {
        const status = await ask();
        observe(String(status));
        return status === 200 ? status : undefined;
      });
      return undefined;
    },
  },
  {
    name: 'the budget exists',
    proves: 'the budget can be made in this region',
    needs: 'stack',
    run: async ({ stack }) => {
      const deployed = await describeStack(stack.clients.cloudFormation, stack.name);
      if (!deployed?.parameters.AlertEmail) throw new SkippedError('a budget needs an address: use --email');
      const out = await stack.command('status', '--no-drift');
      const [, line] = /^budget +(?!none|unknown)(.*)$/m.exec(out) ?? [];
      expect(line, `status shows no budget: ${out}`);
      return line;
    },
  },
];
