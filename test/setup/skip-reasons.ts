import type { Reporter } from 'vitest/node';

/** Repeats after all results why tests were skipped, and how to get what they need: fixtures print lines that begin with `skipped: `. */
export class SkipReasons implements Reporter {
  readonly #reasons = new Set<string>();

  onUserConsoleLog({ content }: { readonly content: string }): void {
    for (const line of content.split('\n')) if (line.startsWith('skipped: ')) this.#reasons.add(line);
  }

  onTestRunEnd(): void {
    if (this.#reasons.size > 0) console.warn(['', ...this.#reasons, ''].join('\n'));
  }
}
