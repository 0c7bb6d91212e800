import { describe, expect, it } from 'vitest';
import { withShareImage } from '../../../infra/stack/assets.ts';
import { fixture, noBrowser } from '../browser.ts';

describe.skipIf(noBrowser)('the preview of a link on other sites', () => {
  const shared = fixture();

  /** The tags as a browser reads them, without running the page's scripts. */
  async function tags(path: string, headers: Record<string, string> = {}) {
    const page = await (
      await shared.browser.newContext({ javaScriptEnabled: false, extraHTTPHeaders: headers })
    ).newPage();
    await page.goto(`${shared.url}${path}`);
    const all = await page
      .locator('meta[property^="og:"], meta[name^="twitter:"]')
      .evaluateAll((metas) =>
        metas.map((meta) => [meta.getAttribute('property') ?? meta.getAttribute('name'), meta.getAttribute('content')]),
      );
    const elements = await page.locator('head script, head img').count();
    await page.context().close();
    return Object.fromEntries([...all, ['elements', String(elements)]]) as Record<string, string>;
  }

  it('has an image with an absolute address, of the size that is given', async () => {
    const found = await tags('/');
    expect(found['og:title']).toBe('Curbside: street food near you');
    expect(found['twitter:card']).toBe('summary_large_image');
    expect(found['og:image']).toBe(`${shared.url}/icons/share-1200.png`);
    const image = Buffer.from(await (await fetch(found['og:image'] ?? '')).arrayBuffer());
    expect([image.readUInt32BE(16), image.readUInt32BE(20)].map(String)).toEqual([
      found['og:image:width'],
      found['og:image:height'],
    ]);
    expect((await tags('/', { 'X-Forwarded-Proto': 'https' }))['og:image']).toMatch(/^https:\/\/127\.0\.0\.1:/);
  });

  it('has the search in its title, whatever it contains', async () => {
    const { elements } = await tags('/');
    for (const q of ['tacos', 'bánh mì & "pho"', '"><script>alert(1)</script>', "$& $1 $' <img src=x>", '&quot;&lt;']) {
      const found = await tags(`/?q=${encodeURIComponent(q)}`);
      expect(found['og:title']).toBe(`${q} · Curbside`);
      expect(found.elements).toBe(elements);
    }
  });

  it('names no address of its own, which browsers would share instead of the search', async () => {
    const html = await (await fetch(`${shared.url}/?q=tacos`)).text();
    expect(html).not.toMatch(/rel="canonical"|og:url/);
  });

  it('has the address of the distribution in the file for the bucket', async () => {
    const html = '<meta property="og:image" content="/icons/share-1200.png">';
    const files = withShareImage(new Map([['index.html', Buffer.from(html)]]), 'https://food.example.org');
    expect(String(files.get('index.html'))).toBe(
      '<meta property="og:image" content="https://food.example.org/icons/share-1200.png">',
    );
  });
});
