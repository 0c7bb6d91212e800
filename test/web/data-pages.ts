import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Fixture } from './browser.ts';

/**
 * Shows paths of several data sets on one screen, in one page for each data set: a context for each path takes about three times as long.
 * @param fixtures by the name of their data
 */
export function dataPages<Data extends string>(
  fixtures: Readonly<Record<Data, Fixture>>,
  screen: BrowserContextOptions,
): { show(data: Data, path: string): Promise<Page>; done(): Promise<void> } {
  const opened = new Map<Data, Awaited<ReturnType<Fixture['visit']>>>();
  return {
    async show(data, path) {
      const known = opened.get(data);
      if (known) await known.page.goto(`${fixtures[data].url}${path}`);
      const visited = known ?? (await fixtures[data].visit(path, screen));
      opened.set(data, visited);
      return visited.page;
    },
    async done() {
      for (const { done } of opened.values()) await done();
    },
  };
}
