/** Opens a search and asks the first question. `window.firstAnswer` resolves with the time since the navigation and the vendors found. */
export function start(openSearch) {
  const first = async () => {
    window.ask = await openSearch();
    const found = await window.ask('tacos');
    return [performance.now(), found.length];
  };
  window.firstAnswer = first();
}
