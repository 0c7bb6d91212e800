import type { ValueParser } from '../model/value-parsers.ts';

/** Groups of settings in the order of `--help`, with their headings. */
export const GROUPS = {
  server: 'Server',
  limits: 'Limits of the server, and its end',
  observability: 'Logs and metrics',
  data: 'Data',
  engine: 'Search engine',
  opensearch: 'OpenSearch cluster, with --engine opensearch',
  page: 'Page',
  development: 'Development',
} as const;

/** One setting: a flag and an environment variable; the flag wins. */
export type Setting<Value> = {
  /** Only the cluster's client gets the values of the group `opensearch`, because some are secret. */
  readonly group: keyof typeof GROUPS;
  readonly flag: string;
  readonly env: string;
  /** As an operator would write it; `null`: none. */
  readonly default: string | null;
  readonly read: ValueParser<Value>;
  /** Completes the sentence "must be …". */
  readonly expects: string;
  /** Sentences for `--help` and README, with code in backticks. */
  readonly help: string;
};
