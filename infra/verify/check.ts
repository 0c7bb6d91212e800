import type { Clients } from '../stack/clients.ts';
import type { Clock } from './check-outcome.ts';
import type { EdgeClient } from './edge-client.ts';

/** The deployed stack, for checks that need more than its URL. */
export type DeployedStack = {
  readonly name: string;
  readonly clients: Clients;
  /** Maps the names of the resources in the template to their ids. */
  readonly resources: ReadonlyMap<string, string>;
  /** Runs a command of `npm run aws` for this stack. @returns its output @throws CheckError with its error */
  command(...args: readonly string[]): Promise<string>;
};

export type CheckInput = { readonly edge: EdgeClient; readonly clock: Clock };

/** What a check cannot do without: a URL, one with TLS, a stack, or a stack with these resources of the template. */
export type Needs = 'url' | 'https' | 'stack' | readonly string[];

type Described = {
  /** Unique; says what should be true. */
  readonly name: string;
  /** What only a real account can show; goes into the report. */
  readonly proves: string;
};

/**
 * One entry of the table in `checks.ts`. `run` returns what was observed, for the report.
 * It throws `CheckError` if something is wrong, and `SkippedError` if it cannot run after all.
 */
export type UrlCheck = Described & {
  readonly needs: 'url' | 'https';
  run(input: CheckInput): Promise<string | undefined>;
};
export type StackCheck = Described & {
  readonly needs: 'stack' | readonly string[];
  run(input: CheckInput & { readonly stack: DeployedStack }): Promise<string | undefined>;
};
export type Check = UrlCheck | StackCheck;
