/**
 * Calls a function once what has just been rendered is on the screen: in a task after the next frame. A hidden page has no frames, so
 * there it is called at once.
 */
export function afterPaint(call: () => void): void {
  if (document.hidden) setTimeout(call);
  else requestAnimationFrame(() => setTimeout(call));
}
