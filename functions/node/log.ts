import { terminalJson } from '../model/text/unsafe-characters.ts';

/** Writes one line of JSON per event: `{"time":…,"event":…,…}`. Only entry points create a log; they pass it to other modules. */
export function createLog(write: (line: string) => void): (event: string, fields?: Record<string, unknown>) => void {
  return (event, fields = {}) =>
    write(`${terminalJson(JSON.stringify({ time: new Date().toISOString(), event, ...fields }))}\n`);
}
