import { eitherClause, surplusClauses, uniqueClauses } from './clauses.ts';
import type { Clause, ParsedQuery, Understood } from './parsed-query.ts';

/** What was read of a question so far. */
export class ClauseCollector {
  readonly #required: Clause[] = [];
  readonly #optional: Clause[] = [];
  readonly #excluded: Clause[] = [];
  readonly #understood: Understood[] = [];
  /** Required clauses that follow another one after a comma alone. */
  readonly #listed = new Set<Clause>();
  #nearMe = false;
  #openNow = false;
  #asksWhen = false;
  /** The connective after the last required clause: tacos *or*. */
  #connective: string | null = null;

  /** Requires a clause. After a connective such as "or", it requires either this clause or the last one. */
  require(clause: Clause, isListed = false): void {
    const connective = this.#connective;
    this.#connective = null;
    const last = this.#required.at(-1);
    const either = connective !== null && last ? eitherClause(last, clause, connective) : undefined;
    if (!either || !last) {
      this.#required.push(clause);
      if (isListed) this.#listed.add(clause);
      return;
    }
    this.#required.pop();
    // "tacos, burritos or pizza": the connective belongs to the whole list.
    if (this.#listed.has(last)) this.#connective = ',';
    this.require(either);
  }

  suggest(clause: Clause): void {
    this.#optional.push(clause);
    this.note(clause.text, 'optional');
  }

  exclude(clause: Clause): void {
    this.#excluded.push(clause);
  }

  /** Reads a word that joins two clauses of which one is enough. */
  connect(written: string): void {
    if (this.#required.length > 0) this.#connective = written;
    this.note(written, 'ignored');
  }

  sortByDistance(written: string): void {
    this.#nearMe = true;
    this.note(written, 'near_me');
  }

  keepOpen(written: string): void {
    this.#openNow = true;
    this.note(written, 'open_now');
  }

  /** Reads that the question asks for times: a word for "open" is not an intent then. */
  askWhen(written: string): void {
    this.#asksWhen = true;
    this.note(written, 'ignored');
  }

  note(text: string, as: Understood['as'], means: readonly string[] = []): void {
    this.#understood.push({ text, as, means });
  }

  result({ strict, isUnsearchable }: { strict: boolean; isUnsearchable: boolean }): ParsedQuery {
    const required = uniqueClauses(this.#required);
    const surplus = strict ? [] : surplusClauses(required);
    const isIntent = ({ as }: Understood) => as === 'open_now' && this.#asksWhen;
    return {
      required: required.filter((clause) => !surplus.includes(clause)),
      optional: uniqueClauses([...this.#optional, ...surplus]),
      excluded: uniqueClauses(this.#excluded),
      nearMe: this.#nearMe,
      openNow: this.#openNow && !this.#asksWhen,
      isUnsearchable,
      understood: this.#understood.map((part) => (isIntent(part) ? { ...part, as: 'ignored' } : part)),
      surplus: surplus.map(({ text }) => text),
    };
  }
}
