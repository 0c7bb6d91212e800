import type { Page } from 'playwright-core';

/** Opens the sheet of a control by its chip. */
export async function openControl(page: Page, control: 'when' | 'category' | 'area' | 'sort' | 'more'): Promise<void> {
  await page.locator(`[data-control="${control}"]`).click();
  await page.getByRole('dialog').locator('.sheet-inner').waitFor();
}

/** Closes the open sheet with its "Show N results" button. */
export async function closeControl(page: Page): Promise<void> {
  await page.locator('.sheet-foot .button').click();
  await page.locator('.sheet-inner').waitFor({ state: 'detached' });
}
