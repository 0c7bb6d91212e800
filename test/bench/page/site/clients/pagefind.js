import { SHOWN } from './peer-document.js';

/** It downloads the parts of its index that a question needs, and a file for each result. */
export async function openSearch() {
  const script = './pagefind/pagefind.js';
  const pagefind = await import(script);
  await pagefind.init();
  return async (text) => {
    const { results } = await pagefind.search(text);
    return Promise.all(results.slice(0, SHOWN).map((result) => result.data()));
  };
}
