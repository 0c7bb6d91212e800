/** Numbers of 16 bits. */
const MOST_VALUES = 65_536;

/** Different values in the order of their first use; a column has their numbers. */
export class ValueDictionary<Value> {
  readonly values: Value[] = [];
  readonly #numbers = new Map<Value, number>();
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  /** @throws RangeError when there are too many. */
  number(value: Value): number {
    let number = this.#numbers.get(value);
    if (number === undefined) {
      number = this.values.length;
      if (number === MOST_VALUES) throw new RangeError(`there are more than ${MOST_VALUES} values of ${this.#name}`);
      this.#numbers.set(value, number);
      this.values.push(value);
    }
    return number;
  }
}
