/**
 * Casts a shared index file to the type that readers expect. This is safe because readers neither write to its buffer nor transfer it
 * (Node 20 and 24).
 */
export function readableIndex(index: Uint8Array<SharedArrayBuffer>): Uint8Array<ArrayBuffer> {
  return index as Uint8Array<ArrayBufferLike> as Uint8Array<ArrayBuffer>;
}
