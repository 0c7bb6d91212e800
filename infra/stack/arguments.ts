import { parseArgs } from 'node:util';
import { SEARCH_LEVELS } from './cost.ts';
import { OperatorError } from './operator-error.ts';

export const HELP = `Curbside on AWS. Options follow "--": npm run deploy -- --refresh

Deploy
  npm run deploy             Create the stack, or change what has changed
    --set NAME=VALUE           Set a parameter of the template; repeatable, kept until set again
    --set AppToken=TOKEN       Keep the open-data portal's token in SSM Parameter Store; empty to delete it
    --set Environment=production
                               Protect the stack from deletion
    --city ID_OR_PATH          Serve this city: a built-in one, or that of a file, which becomes part of the refresh
                               function's code. Repeatable: the first is at /, the others are below /ID/
    --refresh                  Load the data even if there is a release
    --sample                   Bundle the sample with the code instead of live data
    --no-wait                  Do not wait until the URL answers
    --data-dir DIR             Where \`npm run basemap\` wrote, for --set TilesUrl=/basemap/NAME.pmtiles (default: data)
    --template FILE            CloudFormation template (default: the project's)
    --dist DIR                 Output of \`npm run build\` (default: dist)
  npm run destroy            Delete the stack and all its data, after its name is typed or with --yes
  npm run template           Write the whole template to dist/template.yaml, for other tools; needs no account

Observe
  npm run status             Show what is deployed, the current data, active alarms and failed refreshes
    --no-drift                 Do not compare the resources with the template, which takes up to a minute
  npm run logs               Print the logs of both functions
    --since TIME               How far back, such as 90s, 15m, 2h or 3d (default: 15m)
    --request ID               Only the lines of one request: the X-Request-Id of its answer
    --follow                   Keep printing new lines

Data and code
  npm run refresh            Load the data of all cities now
    --city ID                  Only of this one; repeatable
    --force                    Publish it even if it lost more than half of the places or was rolled back
    --retry-failed             Clear the refreshes that were given up, if this one succeeds
  npm run rollback:aws -- data
                             Make the previous release current
    --city ID                  Of this city; needed if the stack has several
  npm run rollback:aws -- code
                             Make CloudFront call the previous version of the API
    --to NUMBER                This version instead

Cost
  npm run cost               Estimate a month's bill; needs no account
    --searches NUMBER          Searches a month (default: ${SEARCH_LEVELS[1]})
    --memory MB                Memory of the API function (default: 512)
    --cluster                  With an OpenSearch cluster
    --dashboard, --metrics, --firewall
                               With these switches of the template
    --concurrency NUMBER       The most that Lambda can cost with this ReservedConcurrency

All commands
    --stack NAME               Name of the stack (default: curbside)
    --yes                      Answer yes to every question
    --poll MILLISECONDS        Interval between status requests (default: 2000)
    -h, --help                 Show this help

Credentials, profile and region are those of the AWS CLI (AWS_PROFILE, AWS_REGION, AWS_DEFAULT_REGION, …).`;

/** @throws OperatorError */
export function parseArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        stack: { type: 'string', default: 'curbside' },
        set: { type: 'string', multiple: true, default: [] },
        template: { type: 'string' },
        city: { type: 'string', multiple: true, default: [] },
        dist: { type: 'string', default: 'dist' },
        'data-dir': { type: 'string', default: 'data' },
        poll: { type: 'string', default: '2000' },
        since: { type: 'string', default: '15m' },
        searches: { type: 'string', default: String(SEARCH_LEVELS[1]) },
        memory: { type: 'string', default: '512' },
        to: { type: 'string' },
        request: { type: 'string' },
        cluster: { type: 'boolean', default: false },
        dashboard: { type: 'boolean', default: false },
        metrics: { type: 'boolean', default: false },
        firewall: { type: 'boolean', default: false },
        concurrency: { type: 'string' },
        follow: { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
        'retry-failed': { type: 'boolean', default: false },
        'no-drift': { type: 'boolean', default: false },
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

/** @throws OperatorError */
export function parseNumber(text: string, flag: string): number {
  if (!/^[1-9]\d{0,11}$/.test(text)) throw new OperatorError(`${flag} must be a positive whole number, got "${text}"`);
  return Number(text);
}

/** Parses the values of `--set`. @throws OperatorError */
export function parseParameters(values: readonly string[]): Map<string, string> {
  return new Map(
    values.map((text) => {
      const [, name, value] = /^([A-Za-z]+)=(.*)$/s.exec(text) ?? [];
      if (!name) throw new OperatorError(`--set must be NAME=VALUE, such as AlertEmail=me@example.org, got "${text}"`);
      return [name, value ?? ''];
    }),
  );
}
