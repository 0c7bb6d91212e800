/** One line of JSON for each event: `{"time":…,"event":…,…}`. For doors only; rooms are handed a function. */
export function createLog(write: (line: string) => void): (event: string, fields?: Record<string, unknown>) => void {
  return (event, fields = {}) => write(`${JSON.stringify({ time: new Date().toISOString(), event, ...fields })}\n`);
}
