import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { openClients, whoCalls } from './clients.ts';
import { costReport, LEVELS } from './cost.ts';
import { deploy } from './deploy.ts';
import { destroy } from './destroy.ts';
import { errorMessage } from './error-message.ts';
import { moveAlias, refresh, rollbackTarget, versions } from './lambda-functions.ts';
import { logs, sinceMs } from './logs.ts';
import { OperatorError } from './operator-error.ts';
import { checkName } from './stack.ts';
import { status } from './status.ts';

const HELP = `curbside on AWS; credentials, profile and region as the AWS CLI has them (AWS_PROFILE, AWS_REGION, …)

  npm run deploy                 puts everything into the account, or changes what has changed
    -- --set NAME=VALUE            a parameter of infra/template.yaml; repeatable; kept until it is set anew
    -- --refresh                   loads the data anew
    -- --sample                    the code carries the bundled sample instead of live data
    -- --no-wait                   does not wait until the URL answers
    -- --data-dir DIR              where \`npm run basemap\` wrote, for --set TilesUrl=/basemap/NAME.pmtiles (data)
    -- --template FILE, --dist DIR  instead of infra/template.yaml and dist
  npm run destroy                removes all of it
  npm run status                 what is deployed, which data, which alarms
  npm run logs -- --follow --since 1h
  npm run refresh -- --force     loads the data now; with --force also what lost more than half
  npm run rollback:aws -- data   makes the release before the current one current
  npm run rollback:aws -- code --to 3   lets the edge call another version of the API; without --to, the one before
  npm run cost -- --searches 1000000 --memory 512 --cluster

  all: --stack NAME (curbside) · --yes answers every question · --poll MILLISECONDS between two looks (2000)`;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

try {
  await run();
} catch (error) {
  const sentence = error instanceof OperatorError ? error.message : errorMessage(error);
  process.stderr.write(`curbside: ${sentence ?? (error as Error).stack}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const { values: flags, positionals } = parse();
  const [verb = 'help', what] = positionals;
  if (flags.help || verb === 'help') return say(HELP);
  if (verb === 'cost') {
    const searchesPerMonth = number(flags.searches, '--searches');
    return say(
      costReport({ searchesPerMonth, apiMemoryMb: number(flags.memory, '--memory'), ownCluster: flags.cluster }),
    );
  }
  const stack = checkName(flags.stack);
  const pollMs = number(flags.poll, '--poll');
  const clients = openClients();
  const { account, arn, region } = await whoCalls(clients);
  if (verb !== 'logs') say(`account ${account} (${arn}), ${region}`);
  const ask = (question: string) => (flags.yes ? Promise.resolve(true) : confirm(question));
  switch (verb) {
    case 'deploy':
      return deploy(clients, {
        stack,
        template: await readFile(flags.template, 'utf8'),
        dist: flags.dist,
        dataDirectory: flags['data-dir'],
        given: readParameters(flags.set),
        refresh: flags.refresh,
        sample: flags.sample,
        wait: !flags['no-wait'],
        pollMs,
        say,
        ask,
      });
    case 'destroy':
      return destroy(clients, { stack, pollMs, say, ask });
    case 'status':
      return say(await status(clients, stack));
    case 'logs':
      return logs(clients, { stack, sinceMs: sinceMs(flags.since), follow: flags.follow, pollMs, say });
    case 'refresh': {
      const { outcome, version, branches } = await refresh(clients.lambda, stack, { force: flags.force });
      return say(`data ${outcome}: ${version}, ${branches} locations`);
    }
    case 'rollback': {
      if (what === 'data') {
        const { version, branches } = await refresh(clients.lambda, stack, { rollback: true });
        return say(`data rolled back to ${version}, ${branches} locations; within a minute all answers come from it`);
      }
      if (what !== 'code')
        throw new OperatorError('say what to roll back: `npm run rollback:aws -- data` or `-- code`');
      const to = flags.to === undefined ? undefined : number(flags.to, '--to');
      const target = rollbackTarget(await versions(clients.lambda, stack), to);
      await moveAlias(clients.lambda, stack, target);
      return say(
        `the edge calls version ${target.number} (${target.revision}) now, until code or settings are deployed anew`,
      );
    }
    default:
      throw new OperatorError(`there is no "${verb}"\n${HELP}`);
  }
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        stack: { type: 'string', default: 'curbside' },
        set: { type: 'string', multiple: true, default: [] },
        template: { type: 'string', default: 'infra/template.yaml' },
        dist: { type: 'string', default: 'dist' },
        'data-dir': { type: 'string', default: 'data' },
        poll: { type: 'string', default: '2000' },
        since: { type: 'string', default: '15m' },
        searches: { type: 'string', default: String(LEVELS[1]) },
        memory: { type: 'string', default: '512' },
        to: { type: 'string' },
        cluster: { type: 'boolean', default: false },
        follow: { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
        refresh: { type: 'boolean', default: false },
        sample: { type: 'boolean', default: false },
        'no-wait': { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new OperatorError(`${(error as Error).message.split('. ')[0]}. See --help`);
  }
}

function number(text: string, flag: string): number {
  if (!/^[1-9]\d{0,11}$/.test(text)) throw new OperatorError(`${flag} must be a whole number from 1, got "${text}"`);
  return Number(text);
}

function readParameters(given: readonly string[]): Map<string, string> {
  return new Map(
    given.map((text) => {
      const [, name, value] = /^([A-Za-z]+)=(.*)$/s.exec(text) ?? [];
      if (!name) throw new OperatorError(`--set must be NAME=VALUE, such as AlertEmail=me@example.org, got "${text}"`);
      return [name, value ?? ''];
    }),
  );
}

async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new OperatorError(`${question}\nNobody is there to answer: add --yes`);
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  // Whoever breaks off has said no; what waits for the answer is put away.
  const broken = new Promise<string>((resolve) => asking.once('close', () => resolve('')));
  try {
    return /^y(es)?$/i.test((await Promise.race([asking.question(`${question} [y/N] `), broken])).trim());
  } finally {
    asking.close();
  }
}
