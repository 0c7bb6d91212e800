import { createInterface } from 'node:readline/promises';
import { OperatorError } from './operator-error.ts';

/** Asks for a line. Ctrl+C and Ctrl+D give an empty one. @throws OperatorError without a terminal */
export async function askOperator(question: string): Promise<string> {
  if (!process.stdin.isTTY) throw new OperatorError(`${question}\nThere is no terminal to answer on: add --yes`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // Without this, question() would never settle.
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    return (await Promise.race([terminal.question(`${question} `), closed])).trim();
  } finally {
    terminal.close();
  }
}

/** @returns whether the answer is yes */
export async function askYesOrNo(question: string): Promise<boolean> {
  return /^y(es)?$/i.test(await askOperator(`${question} [y/N]`));
}

/** Asks to type a word, for what cannot be undone. @returns whether the answer is that word */
export async function askForWord(question: string, word: string): Promise<boolean> {
  return (await askOperator(`${question} Type "${word}" to confirm:`)) === word;
}
