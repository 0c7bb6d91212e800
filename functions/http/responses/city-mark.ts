/**
 * Marks the start page of a city that shares its origin with the default city, so that the page keeps what it remembers for each of them
 * apart (`web/device/remembered.ts`). The page of the default city has no mark: it keeps the names that it always had.
 * @param city its id; `null` for the default city
 */
export function withCityMark(page: string, city: string | null): string {
  return city === null ? page : page.replace('<html ', `<html data-city="${city}" `);
}
