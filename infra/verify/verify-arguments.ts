import { parseArgs } from 'node:util';
import { OperatorError } from '../stack/operator-error.ts';

export const HELP = `Checks Curbside in a real AWS account, and writes a report to attach to an issue.

Usage: npm run aws:verify [-- OPTIONS]

Without --url, it deploys a stack of its own, checks it, and destroys it: some 40 minutes, less than a dollar.
Ctrl-C destroys it, too; a second Ctrl-C stops at once and leaves it.

  --url URL         Check an existing deployment; only what needs nothing but its URL
  --keep            Do not destroy the stack
  --email ADDRESS   For alarms and the budget, which need an address
  --only TEXT       Only checks whose name contains this
  --list            List all checks, and what each proves and needs
  --report FILE     Where to write the report (default: aws-verify.md)
  --template FILE   CloudFormation template (default: the project's)
  --dist DIR        Output of \`npm run build\` (default: dist)
  --sample          Deploy with the sample in the API's code
  --no-wait         Do not wait until the URL answers
  --poll MS         Interval between status requests of the commands (default: 2000)
  --yes             Answer yes to every question
  -h, --help        Show this help`;

/** @throws OperatorError */
export function parseVerifyArguments() {
  try {
    const { values } = parseArgs({
      options: {
        url: { type: 'string' },
        keep: { type: 'boolean', default: false },
        email: { type: 'string' },
        only: { type: 'string', default: '' },
        list: { type: 'boolean', default: false },
        report: { type: 'string', default: 'aws-verify.md' },
        template: { type: 'string' },
        dist: { type: 'string', default: 'dist' },
        sample: { type: 'boolean', default: false },
        'no-wait': { type: 'boolean', default: false },
        poll: { type: 'string', default: '2000' },
        yes: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.url !== undefined && !/^https?:\/\/[^/\s]+$/.test(values.url)) {
      throw new OperatorError(`--url must be like https://food.example.org, without a path, got "${values.url}"`);
    }
    return values;
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(`${(error as Error).message.split('. ')[0]}. See --help`);
  }
}
