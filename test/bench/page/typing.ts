import type { Page } from 'playwright-core';

/** Milliseconds between two keystrokes of a quick typist. */
const KEY_MS = 90;
const WORDS = ['tacos', 'coffee', 'noodles', 'pizza', 'curry', 'falafel', 'sushi', 'bagels', 'churros', 'ramen'];

/** How a word is entered: by keystrokes, each of which starts a search, or at once, so that the whole list is new. */
export type WordInput = 'by keystrokes' | 'at once';
/** Milliseconds until the list is in the page, until the frame that shows it, and of the bare API call. */
export type Typing = { readonly listed: number[]; readonly shown: number[]; readonly api: number[] };

/**
 * Types words and measures the time from the event of the last keystroke until the page contains the list for exactly that text, and
 * until the next frame, which on a screen with 60 frames per second is up to 17 ms later, however fast the page is. Each is followed by
 * the bare call: the same page sends the same request and parses its JSON, without waiting for a frame.
 * @throws Error if the page contains another list
 */
export async function measureTyping(page: Page, url: string, rounds: number, input: WordInput): Promise<Typing> {
  const [listed, shown, api]: [number[], number[], number[]] = [[], [], []];
  await page.goto(url);
  await page.locator('.row[data-vendor]').first().waitFor();
  const home = (await page.locator('.summary').textContent()) ?? '';
  await page.evaluate(WATCH);
  const box = page.locator('#q');
  for (let round = 0; round < rounds; round++) {
    for (const word of WORDS) {
      await box.fill('');
      await page.locator('.summary').getByText(home, { exact: true }).waitFor();
      // The browser caches responses for a minute; a different case is a different URL.
      const text = [...word].map((letter, at) => (((round >> at) & 1) === 1 ? letter.toUpperCase() : letter)).join('');
      await page.evaluate(`window.watch(${JSON.stringify(text)})`);
      if (input === 'at once') await page.keyboard.insertText(text);
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
 * `watch(text)` starts to wait for a text in the field, and `drawn` resolves when its list is drawn. The page renders the list in the task
 * that reads the response. A message channel runs code after that task, and after a frame once the frame is submitted.
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
