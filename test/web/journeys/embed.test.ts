import { describe, expect, it } from 'vitest';
import { RULES, violations } from '../accessibility/violations.ts';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';

const text = english('en-US');

describe.skipIf(noBrowser)('the code that embeds a search', () => {
  const shared = fixture();

  it.each([
    ['390', PHONE],
    ['1280', DESKTOP],
  ] as const)('is shown with a preview and can be copied, at %s', async (width, screen) => {
    const { page, done } = await shared.visit('/?q=tacos&category=mexican', {
      ...screen,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.locator('.row[data-vendor]').first().waitFor();
    await page.getByRole('button', { name: text.embed.open }).click();
    const dialog = page.getByRole('dialog', { name: text.embed.open });
    await page.frameLocator('.embed-preview').locator('.row[data-vendor]').first().waitFor();
    // What a modal dialog covers in part cannot be pressed.
    expect(await violations(page, RULES, '.embed-dialog')).toEqual([]);
    await page.screenshot({ path: `test/output/embed-${width}.png` });
    await dialog.getByRole('combobox').selectOption('wide');
    await dialog.getByRole('button', { name: text.embed.copy }).click();
    await dialog.getByText(text.embed.copied).waitFor();
    const code = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(code).toBe(await dialog.getByRole('textbox').inputValue());
    expect(code).toContain('width="100%" height="600"');
    expect(code).toContain(`src="${shared.url}/?q=tacos&amp;category=mexican&amp;embed=1"`);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await done();
  });

  it.each(['"><script>alert(1)</script>', "' onload=alert(1) '", '</textarea><img src=x>', '&quot;&lt; a & b'])(
    'is one frame with that search, for %s',
    async (q) => {
      const { page, done } = await shared.visit(`/?q=${encodeURIComponent(q)}`);
      await page.getByRole('button', { name: text.embed.open }).click();
      const code = await page.getByRole('dialog', { name: text.embed.open }).getByRole('textbox').inputValue();
      const read = await page.evaluate<{ count: number; src: string; title: string; attributes: number }>(`(() => {
        const { body } = new DOMParser().parseFromString(${JSON.stringify(code)}, 'text/html');
        const frame = body.firstElementChild;
        return { count: body.querySelectorAll('*').length, src: frame.src, title: frame.title, attributes: frame.attributes.length };
      })()`);
      expect(read.count).toBe(1);
      expect(read.attributes).toBe(6);
      expect(new URL(read.src).searchParams.get('q')).toBe(q);
      expect(read.title).toBe(text.title(q, null));
      await done();
    },
  );
});
