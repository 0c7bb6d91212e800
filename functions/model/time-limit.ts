/** A signal with a time limit. Call `end` when the work is done, or its timer keeps running. */
export type TimeLimit = { readonly signal: AbortSignal; end(): void };

/**
 * A signal that aborts with `parent`, or after `ms` with a TimeoutError. In place of
 * `AbortSignal.any([parent, AbortSignal.timeout(ms)])`: nothing holds that timeout's signal, so Node 20 may collect it and it never
 * aborts (a try of 60 s lasted 242 s, 2026-11), and Safari has no `any` before 17.4.
 */
export function limitTime(ms: number, parent?: AbortSignal): TimeLimit {
  const controller = new AbortController();
  const follow = () => controller.abort(parent?.reason);
  const timer = setTimeout(() => controller.abort(new DOMException(`not done within ${ms} ms`, 'TimeoutError')), ms);
  if (parent?.aborted) follow();
  else parent?.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      parent?.removeEventListener('abort', follow);
    },
  };
}
