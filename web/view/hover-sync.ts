import type { Truck } from '../api/types.ts';

/** Keeps list and map in step: whatever the pointer or the focus is on is lit on both sides. */
export type HoverSync = {
  /** The vendors whose rows and markers belong together. */
  learn(trucks: readonly Truck[]): void;
  /** A marker was pointed at (a branch's id), or left. */
  fromMap(branch: string | null): void;
  /** The list was drawn again: lights it as before. */
  renew(): void;
  /** Moves the focus to the row of a branch. False: the row does not show that branch. */
  focusRow(branch: string): boolean;
};

/**
 * @param toMap told which markers to light, and which of them above all
 * @param reveal draws the row of a vendor that is not drawn yet
 */
export function createHoverSync({
  pane,
  results,
  toMap,
  reveal,
}: {
  pane: HTMLElement;
  results: HTMLElement;
  toMap: (branches: readonly string[], key: string | null) => void;
  reveal: (vendor: string) => void;
}): HoverSync {
  let vendorOf = new Map<string, string>();
  let branchesOf = new Map<string, string[]>();
  let vendor: string | null = null;
  let key: string | null = null;

  const row = (id: string) => results.querySelector<HTMLElement>(`[data-vendor="${CSS.escape(id)}"]`);
  const button = (id: string) => results.querySelector<HTMLElement>(`[data-branch="${CSS.escape(id)}"]`);

  function renew(): void {
    for (const lit of results.querySelectorAll('.is-lit')) lit.classList.remove('is-lit');
    if (vendor) row(vendor)?.classList.add('is-lit');
    if (key) button(key)?.classList.add('is-lit');
  }
  function turn(nextVendor: string | null, nextKey: string | null): void {
    if (nextVendor === vendor && nextKey === key) return;
    vendor = nextVendor;
    key = nextKey;
    renew();
    toMap(vendor ? (branchesOf.get(vendor) ?? []) : [], key);
  }
  function fromList(target: EventTarget | null): void {
    const on = target instanceof Element ? target : null;
    const nextVendor = on?.closest('[data-vendor]')?.getAttribute('data-vendor') ?? null;
    turn(nextVendor, on?.closest('[data-branch]')?.getAttribute('data-branch') ?? null);
  }

  results.addEventListener('mouseover', (event) => fromList(event.target));
  results.addEventListener('mouseleave', () => fromList(null));
  results.addEventListener('focusin', (event) => fromList(event.target));
  results.addEventListener('focusout', (event) => fromList(event.relatedTarget));

  return {
    learn(trucks) {
      vendorOf = new Map();
      branchesOf = new Map();
      for (const { id, branches } of trucks) {
        branchesOf.set(
          id,
          branches.map((branch) => branch.id),
        );
        for (const branch of branches) vendorOf.set(branch.id, id);
      }
      // Narrowing does not take the light from what stays.
      if (vendor !== null && !branchesOf.has(vendor)) turn(null, null);
    },
    fromMap(branch) {
      turn(branch === null ? null : (vendorOf.get(branch) ?? null), branch);
      if (vendor !== null && branch !== null && !row(vendor)) reveal(vendor);
      const lit = vendor === null ? null : row(vendor);
      if (lit && branch !== null) scrollWithin(pane, lit);
    },
    renew,
    focusRow(branch) {
      const target = button(branch);
      target?.focus({ preventScroll: true });
      if (target) scrollWithin(pane, target);
      return target !== null;
    },
  };
}

/** Scrolls the pane, and nothing around it, until the element is in its view. */
function scrollWithin(pane: HTMLElement, element: HTMLElement): void {
  adjust(pane, element);
  // Rows that were far away have their real height only now.
  requestAnimationFrame(() => adjust(pane, element));
}

function adjust(pane: HTMLElement, element: HTMLElement): void {
  const outer = pane.getBoundingClientRect();
  const inner = element.getBoundingClientRect();
  const margin = 18;
  if (inner.top < outer.top + margin) pane.scrollTop += inner.top - outer.top - margin;
  else if (inner.bottom > outer.bottom - margin) {
    // A row taller than the pane shows its top.
    pane.scrollTop += Math.min(inner.bottom - outer.bottom + margin, inner.top - outer.top - margin);
  }
}
