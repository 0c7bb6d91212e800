import type { Locator, Page } from 'playwright-core';

/** What a person did: taps, and keys, of which a typed character is one. */
export type Effort = { taps: number; keys: number };

/** Does what a person does, and counts it. */
export function hands(page: Page) {
  const used: Effort = { taps: 0, keys: 0 };
  return {
    used,
    async tap(target: Locator): Promise<void> {
      used.taps++;
      await target.tap();
    },
    async type(words: string): Promise<void> {
      used.keys += words.length;
      await page.keyboard.type(words, { delay: 15 });
    },
    async press(key: string): Promise<void> {
      used.keys++;
      await page.keyboard.press(key);
    },
  };
}
