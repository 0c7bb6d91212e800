import type { Page } from 'playwright-core';

/** Between two keys, milliseconds: quick typing. */
const KEY_MS = 90;
const WORDS = ['tacos', 'coffee', 'noodles', 'pizza', 'curry', 'falafel', 'sushi', 'bagels', 'churros', 'ramen'];

/** How a word comes into the field: by its letters, each of which is searched, or whole, so that all of the list is new. */
export type Way = 'by letters' | 'at once';
/** Until the list stands in the page, until the frame that shows it, and of the bare call; milliseconds. */
export type Typing = { readonly listed: number[]; readonly shown: number[]; readonly api: number[] };

/**
 * Types words and measures, from the event of the last key on, until the list of exactly that text stands in the page, and until the first
 * frame after that, for which a screen of 60 frames a second lets one wait up to 17 ms more, however quick the page is. In turn with it,
 * the bare call: the same request, read as JSON, by the same page, which waits for no frame.
 * @throws Error when another list stands there
 */
export async function measureTyping(page: Page, url: string, rounds: number, way: Way): Promise<Typing> {
  const [listed, shown, api]: [number[], number[], number[]] = [[], [], []];
  await page.goto(url);
  await page.locator('.is-welcome').waitFor();
  await page.evaluate(WATCH);
  const box = page.locator('#q');
  for (let round = 0; round < rounds; round++) {
    for (const word of WORDS) {
      await box.fill('');
      await page.locator('.is-welcome').waitFor();
      // The browser keeps answers for a minute: another case is another address.
      const text = [...word].map((letter, at) => (((round >> at) & 1) === 1 ? letter.toUpperCase() : letter)).join('');
      await page.evaluate(`window.watch(${JSON.stringify(text)})`);
      if (way === 'at once') await page.keyboard.insertText(text);
      else await box.pressSequentially(text, { delay: KEY_MS });
      const took = (await page.evaluate('window.drawn')) as [listed: number, shown: number] | string;
      if (typeof took === 'string') throw new Error(took);
      listed.push(took[0]);
      shown.push(took[1]);
      const bare = `/search?q=${text}&nth=${round}`;
      api.push((await page.evaluate(`window.bare(${JSON.stringify(bare)})`)) as number);
    }
  }
  return { listed, shown, api };
}

/**
 * `watch(text)` begins to wait for the text in the field, and `drawn` is fulfilled when its list is drawn. The page makes the list in the same
 * task in which an answer is read: a channel's message comes behind that task, and from a frame once that frame is on its way.
 */
const WATCH = `(() => {
  const soon = (done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(null);
  };
  const known = window.fetch;
  let wanted = null;
  window.fetch = async (input, init) => {
    const response = await known(input, init);
    if (wanted && String(input) === '/search?q=' + wanted.text) {
      const { start, done } = wanted;
      const read = response.json.bind(response);
      response.json = async () => {
        const body = await read();
        soon(() => {
          const listed = performance.now() - start();
          const first = document.querySelector('#results [data-vendor]')?.dataset.vendor;
          if (first !== body.trucks[0]?.id) return done(wanted.text + ': the list shows ' + first);
          requestAnimationFrame(() => soon(() => done([listed, performance.now() - start()])));
        });
        return body;
      };
    }
    return response;
  };
  window.watch = (text) => {
    let at = 0;
    const field = document.querySelector('#q');
    const typed = (event) => { if (field.value === text) at = event.timeStamp; };
    field.addEventListener('input', typed, { capture: true });
    window.drawn = new Promise((done) => {
      wanted = { text, start: () => at, done: (took) => { field.removeEventListener('input', typed, { capture: true }); done(took); } };
    });
  };
  window.bare = async (path) => {
    const start = performance.now();
    await (await known(path, { cache: 'no-store' })).json();
    return performance.now() - start;
  };
})()`;
