import type { Log } from '../http/middleware/error-responses.ts';
import { terminalJson } from '../model/text/unsafe-characters.ts';

/**
 * Writes one line of JSON per event: `{"time":…,"event":…,…}`. Only entry points create a log; they pass it to other modules.
 * @param shared fields of every line, unless the event has its own
 */
export function createLog(write: (line: string) => void, shared: () => Record<string, unknown> = () => ({})): Log {
  return (event, fields) =>
    write(`${terminalJson(JSON.stringify({ time: new Date().toISOString(), event, ...shared(), ...fields }))}\n`);
}
