/** From the page to the worker: a request with a number of its own, or that nobody waits for one any more. */
export type LocalRequest =
  | { readonly id: number /** With its query, from the API's root: `/search?q=tacos`. */; readonly path: string }
  | { readonly id: number; readonly cancelled: true };

/** From the worker to the page: the answer to a request, or why there is none. */
export type LocalAnswer =
  | {
      readonly id: number;
      readonly status: number;
      readonly headers: readonly (readonly [name: string, value: string])[];
      readonly body: ArrayBuffer;
    }
  | { readonly id: number; readonly failure: string };
