import { oneOf, wholeNumber } from '../model/value-parsers.ts';
import type { Setting } from './setting.ts';
import { orOff } from './setting-parsers.ts';

/** What a process says about its requests. */
export const OBSERVABILITY_SETTINGS = {
  accessLog: {
    group: 'observability',
    flag: 'access-log',
    env: 'ACCESS_LOG',
    default: 'auto',
    read: oneOf(['auto', 'on', 'full', 'off'] as const),
    expects: 'auto, on, full or off',
    help: 'A line of JSON for each request: `on`, `off`, `full` (with the query and the address of the client, which are personal data), or `auto`: on unless the output is a terminal.',
  },
  metricsPort: {
    group: 'observability',
    flag: 'metrics-port',
    env: 'METRICS_PORT',
    default: 'off',
    read: orOff(wholeNumber(0, 65_535)),
    expects: 'a port number from 0 to 65535 (0: any free one), or off',
    help: 'Port of `/metrics` for Prometheus, at the address of `--host`; do not publish it.',
  },
} as const satisfies Record<string, Setting<unknown>>;
