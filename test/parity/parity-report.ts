import { readFileSync, writeFileSync } from 'node:fs';

/** What was compared: of each kind the number of questions, of those that found something, and of differences. */
export class ParityTally {
  readonly #kinds = new Map<string, { asked: number; found: number; differences: number }>();

  add(kind: string, { found, differs }: { found: boolean; differs: boolean }): void {
    const { asked = 0, found: before = 0, differences = 0 } = this.#kinds.get(kind) ?? {};
    this.#kinds.set(kind, {
      asked: asked + 1,
      found: before + (found ? 1 : 0),
      differences: differences + (differs ? 1 : 0),
    });
  }

  get asked(): number {
    return this.#sum('asked');
  }

  get found(): number {
    return this.#sum('found');
  }

  /** A Markdown table. */
  table(): string {
    const rows = [...this.#kinds].map(
      ([kind, { asked, found, differences }]) => `| ${kind} | ${asked} | ${found} | ${differences} |`,
    );
    const sums = (['asked', 'found', 'differences'] as const).map((name) => this.#sum(name)).join(' | ');
    return [
      '| questions | asked | with results | differences |',
      '|---|---|---|---|',
      ...rows,
      `| all | ${sums} |`,
    ].join('\n');
  }

  #sum(name: 'asked' | 'found' | 'differences'): number {
    return [...this.#kinds.values()].reduce((sum, kind) => sum + kind[name], 0);
  }
}

const README = 'functions/engine/README.md';

/** Writes a report between the comments `parity` of the engines' README. */
export function writeReport(report: string): void {
  const text = readFileSync(README, 'utf8');
  const block = /(<!-- parity -->\n)[\s\S]*?(<!-- \/parity -->)/;
  if (!block.test(text)) throw new Error(`${README} has no block <!-- parity --> … <!-- /parity -->`);
  writeFileSync(
    README,
    text.replace(block, (_all, open: string, close: string) => `${open}${report}\n${close}`),
  );
}
