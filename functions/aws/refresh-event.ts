/** A schedule sends an empty event; an operator may set some of these. */
export type RefreshEvent = {
  /** The id of the only city that is handled. Default: all of them, one after the other. */
  readonly city?: string;
  /** Publishes even data that has lost more than half of its branches, or was rolled back from. */
  readonly force?: boolean;
  /** Loads nothing; makes the previous release current again. Of several cities, the event has to name one. */
  readonly rollback?: boolean;
};

/** The cities that an event is about. @throws Error if it names another one, or a rollback names none of several */
export function chosenCities({ city, rollback }: RefreshEvent, known: readonly string[]): readonly string[] {
  const names = known.join(', ');
  const expected = known.length > 1 ? `one of ${names}` : names;
  if (city === undefined) {
    if (!rollback || known.length === 1) return known;
    throw new Error(`a rollback is of one city: \`city\` must be ${expected}`);
  }
  if (known.includes(city)) return [city];
  throw new Error(`\`city\` must be ${expected}, got ${JSON.stringify(city)}`);
}
