import { SHOWN } from './peer-document.js';

const pathOf = (text) => `search?q=${encodeURIComponent(text)}&status=any&limit=${SHOWN}`;

/** The worker of a site, asked as the page asks it. @param script its path */
export async function openSite(script) {
  const worker = new Worker(script, { type: 'module' });
  let last = 0;
  return (text) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      worker.onmessage = ({ data }) => {
        if (data.id !== id) return;
        if (data.failure) reject(new Error(data.failure));
        else resolve(JSON.parse(new TextDecoder().decode(data.body)).trucks);
      };
      worker.postMessage({ id, path: `/${pathOf(text)}` });
    });
}

/** The API of the same host. */
export async function openApi() {
  return async (text) => (await (await fetch(`/${pathOf(text)}`, { cache: 'no-store' })).json()).trucks;
}
