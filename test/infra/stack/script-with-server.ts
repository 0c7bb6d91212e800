import { afterAll, beforeAll } from 'vitest';
import { startQueryServer } from './aws-query-server.ts';
import { buildScript } from './script.ts';

/** The built script and a server to which it sends its requests, for the tests of the calling suite. */
export function scriptWithServer() {
  let script: Awaited<ReturnType<typeof buildScript>>;
  let api: Awaited<ReturnType<typeof startQueryServer>>;
  beforeAll(async () => {
    api = await startQueryServer();
    script = await buildScript();
  });
  afterAll(() => {
    api?.stop();
    script?.remove();
  });
  return {
    get script() {
      return script;
    },
    get api() {
      return api;
    },
  };
}
