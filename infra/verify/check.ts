import type { Clients } from '../stack/clients.ts';
import type { EdgeClient } from './edge-client.ts';

/** A check found something wrong. The message says what was observed. */
export class CheckError extends Error {
  override readonly name = 'CheckError';
}

/** A check cannot run here. The message says why. */
export class SkippedError extends Error {
  override readonly name = 'SkippedError';
}

/** @throws CheckError with this message unless the condition holds */
export function expect(condition: unknown, message: string): asserts condition {
  if (!condition) throw new CheckError(message);
}

/** The deployed stack, for checks that need more than its URL. */
export type DeployedStack = {
  readonly name: string;
  readonly clients: Clients;
  /** Maps the names of the resources in the template to their ids. */
  readonly resources: ReadonlyMap<string, string>;
  /** Runs a command of `npm run aws` for this stack. @returns its output @throws CheckError with its error */
  command(...args: readonly string[]): Promise<string>;
};

/** Time as the checks see it; a test lets it pass at once. */
export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<unknown>;
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
 * It throws {@link CheckError} if something is wrong, and {@link SkippedError} if it cannot run after all.
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
