import type { FoodRules } from '../city.ts';
import { compileFood } from '../city-file/compile-food.ts';
import { LoadError, SourceError } from '../load-errors.ts';
import { type LoadedSource, readSource, type SourceOptions } from '../source/read-source.ts';
import { withoutSecrets } from '../source/url-secrets.ts';
import { tableOfPage } from './dataset-page.ts';
import { describedAddressFault } from './described-address.ts';
import type { FoundTable } from './found-table.ts';
import { findTable } from './portal-lookup.ts';
import type { Proposal } from './proposal.ts';
import { type GivenFacts, propose } from './propose.ts';
import { joinSecondTables } from './second-tables.ts';

/** A table with the proposal how to read it. */
export type TriedTable = {
  readonly proposal: Proposal;
  readonly source: LoadedSource;
  /** The tables of places and of hours, if they were given. */
  readonly places: LoadedSource | null;
  readonly schedule: LoadedSource | null;
};

export type TryOptions = Pick<GivenFacts, 'name'> & {
  /** A link or path of a table of places, for a table without coordinates. */
  readonly places?: string | undefined;
  /** Links or paths of further tables, whose columns say what they add: places or hours. */
  readonly others?: readonly string[] | undefined;
  readonly source: SourceOptions;
  /** Shows a sentence about what is being done. */
  readonly say: (sentence: string) => void;
};

/**
 * Reads the table that a link or path leads to, and proposes how to read it.
 * @throws LoadError with a sentence that says what is wrong with the table, and what to do
 */
export async function tryTable(from: string, options: TryOptions): Promise<TriedTable> {
  const request = { given: from, say: options.say, signal: options.source.signal };
  const found = await findTable(from, request);
  try {
    return await readTried(found, from, options);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const described = isPage(error) ? await tableOfPage(found.from, request) : null;
    if (!described) throw asLoadError(found, error);
    return await readTried(described, from, options).catch((reason: unknown) => {
      throw reason instanceof SourceError ? asLoadError(described, reason) : reason;
    });
  }
}

async function readTried(found: FoundTable, given: string, options: TryOptions): Promise<TriedTable> {
  const { source: sourceOptions, say, name } = options;
  if (found.from !== given)
    say(`${withoutSecrets(given)} is ${found.kind}; its rows are at ${withoutSecrets(found.from)}`);
  if (/^https?:/i.test(given)) {
    const fault = await describedAddressFault(given, found.from);
    if (fault !== undefined) throw new LoadError(`${withoutSecrets(given)}: the portal names the rows at ${fault}`);
  }
  const source = await readSource({ name: 'permits', from: found.from }, sourceOptions);
  const joins = await joinSecondTables(source.table, options, asLoadError);
  return {
    proposal: propose(found, source.table, food(), { name, joined: joins.joined, schedule: joins.hours }),
    source,
    places: joins.places,
    schedule: joins.schedule,
  };
}

/** Whether an address has a page for people and no data. */
function isPage({ fault, from }: SourceError): boolean {
  return fault.startsWith('is an HTML page') && /https?:/.test(from);
}

function asLoadError(found: FoundTable, error: SourceError): LoadError {
  return new LoadError(`${withoutSecrets(found.from)}${lineOf(error)}: ${faultOf(error)}`, { cause: error });
}

/** The vocabulary of a city whose file says nothing. */
function food(): FoodRules {
  return compileFood();
}

function lineOf({ line }: SourceError): string {
  return line === undefined ? '' : `, line ${line}`;
}

/** The advice of the loader names an option that this command does not have. */
function faultOf({ fault }: SourceError): string {
  return fault.replace(/give a file with --source \w+=PATH/, 'download the table and give the file');
}
