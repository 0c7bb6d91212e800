// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose.
const RAW_CONTROL = /[\0-\x08\x0b-\x1f\x7f-\x9f]/;

/** What is wrong with the output of a server after hostile requests: an operator reads it on a terminal, a program line by line. */
export function faultsOfLog(said: string): string[] {
  const faults = new Set<string>();
  for (const line of said.split('\n')) {
    if (RAW_CONTROL.test(line)) faults.add(`raw control characters: ${JSON.stringify(line.slice(0, 200))}`);
    if (!line.startsWith('{')) continue;
    const entry = parsed(line);
    if (!entry) faults.add(`not JSON: ${JSON.stringify(line.slice(0, 200))}`);
    else if (entry.event === 'bug') faults.add(`a bug: ${String(entry.error).split('\n').slice(0, 3).join(' ')}`);
  }
  return [...faults];
}

function parsed(line: string): { event?: unknown; error?: unknown } | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
