/** Opens a search and asks the first question. `window.firstAnswer` resolves with the time since the navigation and the vendors found. */
export function start(openSearch) {
  const first = async () => {
    window.ask = await openSearch();
    const found = await window.ask('tacos');
    return [performance.now(), found.length];
  };
  window.firstAnswer = first();
}

/** Milliseconds of the answer to each text, one after the other. */
window.timesOf = async (texts) => {
  const took = [];
  for (const text of texts) {
    const start = performance.now();
    await window.ask(text);
    took.push(performance.now() - start);
  }
  return took;
};
