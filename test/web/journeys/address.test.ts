import { describe, expect, it } from 'vitest';
import { fixture, noBrowser } from '../browser.ts';
import { openControl } from '../controls.ts';
import { english } from '../english.ts';

const text = english('en-US');

describe.skipIf(noBrowser)('the URL', () => {
  const { visit, api } = fixture();

  it('changes once while a slider is dragged across the day: browsers refuse a hundred changes', async () => {
    const { page, done } = await visit('/?q=tacos&open_at=thu12:00');
    await openControl(page, 'when');
    await page.getByRole('slider', { name: text.timeLabel }).waitFor();
    const writes = await page.evaluate(`(() => {
      let writes = 0;
      for (const name of ['pushState', 'replaceState']) {
        const known = history[name].bind(history);
        history[name] = (...all) => { writes += 1; known(...all); };
      }
      const slider = document.querySelector('.time');
      for (let minute = 0; minute <= 1425; minute += 15) {
        slider.value = minute;
        slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
      return writes;
    })()`);
    expect(writes).toBe(1);
    await expect.poll(() => new URL(page.url()).searchParams.get('open_at')).toBe('thu23:45');
    await page.goBack();
    await expect.poll(() => new URL(page.url()).searchParams.get('open_at')).toBe('thu12:00');
    await done();
  });

  it('with a fragment does not change the state: the typed text stays', async () => {
    const { page, done } = await visit('/?q=tacos');
    await page.locator('.row[data-vendor]').first().waitFor();
    const { hits, locations } = await api('?q=coffee');
    await page.evaluate(`(() => {
      const field = document.querySelector('#q');
      for (const text of ['coff', 'coffee']) {
        field.value = text;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
      document.querySelector('.skip').click();
    })()`);
    await expect.poll(() => page.locator('.summary').textContent()).toBe(text.found(hits, locations));
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('coffee');
    expect(await page.locator('#q').inputValue()).toBe('coffee');
    await page.goBack();
    await page.goBack();
    await expect.poll(() => page.locator('#q').inputValue()).toBe('tacos');
    await done();
  });
});
