import { type Engine, EngineError } from './engine.ts';

/** An engine that answers each request with an error, until a release is loaded. */
export function createEngineWithoutRelease(): Engine {
  const refuse = async (): Promise<never> => {
    throw new EngineError('no release is loaded yet');
  };
  return { name: 'embedded', search: refuse, counter: () => refuse, suggest: refuse, find: refuse, about: refuse };
}
