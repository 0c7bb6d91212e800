import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Whether `script` of util-linux can run a command in a terminal here. */
export const hasTerminal = (() => {
  try {
    return execFileSync('script', ['-qec', 'test -t 0 && echo terminal', '/dev/null'], { encoding: 'utf8' }).includes(
      'terminal',
    );
  } catch {
    return false;
  }
})();

/** Runs a command in a terminal and types an answer when a prompt appears. @returns what the terminal shows */
export async function runInTerminal(
  command: readonly string[],
  { env, prompt, answer }: { env: Readonly<Record<string, string>>; prompt: string; answer: string },
): Promise<{ readonly code: number; readonly shown: string }> {
  const quoted = command.map((part) => `'${part.replaceAll("'", "'\\''")}'`).join(' ');
  const child = spawn('script', ['-qec', quoted, '/dev/null'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  let shown = '';
  let isAnswered = false;
  child.stdout.on('data', (chunk) => {
    shown += chunk;
    if (isAnswered || !shown.includes(prompt)) return;
    isAnswered = true;
    child.stdin.write(`${answer}\n`);
  });
  const [code] = await once(child, 'close');
  return { code, shown };
}
