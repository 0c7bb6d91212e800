/** Columns have 16-bit numbers. */
const MAX_VALUES = 65_536;

/** Numbers the distinct values of a column in the order of their first use. */
export class ValueDictionary<Value> {
  readonly values: Value[] = [];
  readonly #numbers = new Map<Value, number>();
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  /** @throws RangeError if there are too many values. */
  number(value: Value): number {
    let number = this.#numbers.get(value);
    if (number === undefined) {
      number = this.values.length;
      if (number === MAX_VALUES) throw new RangeError(`there are more than ${MAX_VALUES} values of ${this.#name}`);
      this.#numbers.set(value, number);
      this.values.push(value);
    }
    return number;
  }
}
