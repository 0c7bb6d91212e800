import { LoadError } from '../../seed/load-errors.ts';
import type { Engine } from '../engine/engine.ts';
import { ProblemError } from '../http/responses/problem.ts';
import type { CityFacts } from '../model/release.ts';
import type { OpenCity } from './open-city.ts';

/** Longest reason in an answer, characters. */
const MAX_REASON = 300;

/**
 * Answers every request for a city with a 503 until its data is loaded.
 * @param failure why the last attempt failed; `undefined` during the first one
 */
export function cityWithoutData(
  { id, name }: Pick<CityFacts, 'id' | 'name'>,
  failure: () => unknown,
): Pick<OpenCity, 'engine' | 'files' | 'notes'> {
  const refuse = async (): Promise<never> => {
    throw new ProblemError('engine-unavailable', `There is no data of ${name} yet: ${reasonOf(failure())}`);
  };
  const engine: Engine = {
    name: 'embedded',
    search: refuse,
    counter: () => refuse,
    suggest: refuse,
    find: refuse,
    about: refuse,
  };
  const files = {
    current: refuse,
    version: refuse,
    release: refuse,
    has: refuse,
    content: refuse,
    index: refuse,
    indexFile: refuse,
    report: refuse,
  };
  return { engine: () => engine, files, notes: () => [`${id} has no data yet; the log says why`] };
}

/** The sentence of a failed load names the table and its address, as `/meta` does. Other errors may name what is not public. */
function reasonOf(failure: unknown): string {
  if (failure === undefined) return 'it is being loaded; please try again';
  return failure instanceof LoadError
    ? failure.message.slice(0, MAX_REASON)
    : 'what is saved of it cannot be read now; please try again';
}
