/** Opens a search and asks the first question. `globalThis.firstAnswer` resolves with the time since the navigation and the vendors found. */
export function start(openSearch) {
  const first = async () => {
    globalThis.ask = await openSearch();
    const found = await globalThis.ask('tacos');
    return [performance.now(), found.length];
  };
  globalThis.firstAnswer = first();
}

/** Milliseconds of the answer to each text, one after the other. */
globalThis.timesOf = async (texts) => {
  const took = [];
  for (const text of texts) {
    const start = performance.now();
    await globalThis.ask(text);
    took.push(performance.now() - start);
  }
  return took;
};
