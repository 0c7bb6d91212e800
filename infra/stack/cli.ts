import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { HELP, parseArguments, parseNumber, parseParameters } from './arguments.ts';
import { openClients, readCaller } from './clients.ts';
import { ceilingReport, costReport } from './cost.ts';
import { clearDeadLetters, DEAD_LETTERS } from './dead-letters.ts';
import { deploy } from './deploy.ts';
import { checkStackName, resourceIds } from './describe-stack.ts';
import { destroy } from './destroy.ts';
import { rollBackCode } from './lambda-functions.ts';
import { checkRequestId, parseSince, printLogs } from './logs.ts';
import { readProjectTemplate } from './merge-template.ts';
import { awsErrorMessage, OperatorError } from './operator-error.ts';
import { askForWord, askYesOrNo } from './operator-prompt.ts';
import { chooseCities, citiesOfStack, refreshCities, rollBackData } from './refresh-cities.ts';
import { statusReport } from './status.ts';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

try {
  await run();
} catch (error) {
  const message = error instanceof OperatorError ? error.message : awsErrorMessage(error);
  process.stderr.write(`curbside: ${message ?? (error as Error).stack}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const { values: flags, positionals } = parseArguments();
  const [command = 'help', rollbackKind] = positionals;
  if (flags.help || command === 'help') return print(HELP);
  if (command === 'cost') {
    const searchesPerMonth = parseNumber(flags.searches, '--searches');
    const apiMemoryMb = parseNumber(flags.memory, '--memory');
    const { cluster: ownCluster, dashboard, metrics, firewall } = flags;
    print(costReport({ searchesPerMonth, apiMemoryMb, ownCluster, dashboard, metrics, firewall }));
    if (flags.concurrency === undefined) return;
    return print(ceilingReport({ concurrency: parseNumber(flags.concurrency, '--concurrency'), apiMemoryMb }));
  }
  if (command === 'template') {
    await mkdir(flags.dist, { recursive: true });
    await writeFile(`${flags.dist}/template.yaml`, await readProjectTemplate());
    return print(`${flags.dist}/template.yaml`);
  }
  const stack = checkStackName(flags.stack);
  const pollMs = parseNumber(flags.poll, '--poll');
  const clients = await openClients();
  const caller = await readCaller(clients);
  const { account, arn, region } = caller;
  if (command !== 'logs') print(`account ${account} (${arn}), ${region}`);
  const confirm = (question: string) => (flags.yes ? Promise.resolve(true) : askYesOrNo(question));
  switch (command) {
    case 'deploy':
      return deploy(clients, {
        stack,
        caller,
        template: await (flags.template ? readFile(flags.template, 'utf8') : readProjectTemplate()),
        dist: flags.dist,
        dataDirectory: flags['data-dir'],
        overrides: parseParameters(flags.set),
        cities: flags.city,
        refresh: flags.refresh,
        sample: flags.sample,
        wait: !flags['no-wait'],
        pollMs,
        print,
        confirm,
      });
    case 'destroy':
      return destroy(clients, {
        account,
        region,
        stack,
        pollMs,
        print,
        confirm: (question) => (flags.yes ? Promise.resolve(true) : askForWord(question, stack)),
      });
    case 'status':
      return print(await statusReport(clients, { account, region, stack, pollMs, drift: !flags['no-drift'] }));
    case 'logs':
      return printLogs(clients, {
        stack,
        sinceMs: parseSince(flags.since),
        request: flags.request === undefined ? undefined : checkRequestId(flags.request),
        follow: flags.follow,
        pollMs,
        print,
      });
    case 'refresh': {
      const all = await citiesOfStack(clients.cloudFormation, stack);
      const chosen = chooseCities(flags.city, { stack, all });
      if (flags['retry-failed'] && chosen.length < all.length)
        throw new OperatorError('--retry-failed clears the failures of all cities, so leave out --city');
      await refreshCities(clients.lambda, { stack, all, print }, chosen, { force: flags.force });
      if (!flags['retry-failed']) return;
      const queue = (await resourceIds(clients.cloudFormation, stack)).get(DEAD_LETTERS);
      const cleared = queue ? await clearDeadLetters(clients, queue) : 0;
      return print(`failed refreshes cleared: ${cleared}`);
    }
    case 'rollback': {
      if (rollbackKind === 'data') {
        const all = await citiesOfStack(clients.cloudFormation, stack);
        return rollBackData(clients.lambda, { stack, all, print }, flags.city);
      }
      if (rollbackKind !== 'code')
        throw new OperatorError('say what to roll back: `npm run rollback:aws -- data` or `-- code`');
      const requested = flags.to === undefined ? undefined : parseNumber(flags.to, '--to');
      const { number, revision } = await rollBackCode(clients.lambda, stack, requested);
      return print(
        `CloudFront now calls version ${number} (${revision}), until the next deployment of code or parameters`,
      );
    }
    default:
      throw new OperatorError(`there is no command "${command}"\n\n${HELP}`);
  }
}
