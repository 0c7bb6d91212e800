import type { Truck } from '../api/types.ts';

/** Highlights the same vendor in the list and on the map: the one under the pointer or the focus on either side. */
export type HoverSync = {
  /** The vendors that the list and the map show now. */
  setVendors(trucks: readonly Truck[]): void;
  /**
   * The pointer or the focus is on a marker (its branch's id), or has left it (`null`). The list does not scroll: a pointer
   * crosses many markers on its way, and the row that is being read would be gone.
   */
  hoverMarker(branch: string | null): void;
  /** Scrolls the list to the vendor of a marker that was pressed. */
  revealMarker(branch: string): void;
  /** Restores the highlight after the list was rendered. */
  reapply(): void;
  /** Moves the focus to the row of a branch; false if the list does not show that branch. */
  focusRow(branch: string): boolean;
};

/** Distance that a highlighted row keeps from the upper and lower edge of the pane, in pixels. */
const MARGIN = 18;

/**
 * @param highlightMarkers told the branches of the highlighted vendor, and the one under the pointer or the focus
 * @param revealVendor renders the row of a vendor that is further down the list
 */
export function createHoverSync({
  pane,
  results,
  highlightMarkers,
  revealVendor,
}: {
  pane: HTMLElement;
  results: HTMLElement;
  highlightMarkers: (branches: readonly string[], primary: string | null) => void;
  revealVendor: (vendor: string) => void;
}): HoverSync {
  let vendorOf = new Map<string, string>();
  let branchesOf = new Map<string, string[]>();
  let vendor: string | null = null;
  let branch: string | null = null;

  const rowOf = (id: string) => results.querySelector<HTMLElement>(`[data-vendor="${CSS.escape(id)}"]`);
  const buttonOf = (id: string) => results.querySelector<HTMLElement>(`[data-branch="${CSS.escape(id)}"]`);

  function reapply(): void {
    for (const element of results.querySelectorAll('.is-lit')) element.classList.remove('is-lit');
    if (vendor) rowOf(vendor)?.classList.add('is-lit');
    if (branch) buttonOf(branch)?.classList.add('is-lit');
  }
  function highlight(nextVendor: string | null, nextBranch: string | null): void {
    if (nextVendor === vendor && nextBranch === branch) return;
    vendor = nextVendor;
    branch = nextBranch;
    reapply();
    highlightMarkers(vendor ? (branchesOf.get(vendor) ?? []) : [], branch);
  }
  function highlightFromList(target: EventTarget | null): void {
    const element = target instanceof Element ? target : null;
    const nextVendor = element?.closest('[data-vendor]')?.getAttribute('data-vendor') ?? null;
    highlight(nextVendor, element?.closest('[data-branch]')?.getAttribute('data-branch') ?? null);
  }

  results.addEventListener('mouseover', (event) => highlightFromList(event.target));
  results.addEventListener('mouseleave', () => highlightFromList(null));
  results.addEventListener('focusin', (event) => highlightFromList(event.target));
  results.addEventListener('focusout', (event) => highlightFromList(event.relatedTarget));

  return {
    setVendors(trucks) {
      vendorOf = new Map();
      branchesOf = new Map();
      for (const { id, branches } of trucks) {
        branchesOf.set(
          id,
          branches.map((one) => one.id),
        );
        for (const one of branches) vendorOf.set(one.id, id);
      }
      // A vendor that the filters keep stays highlighted.
      if (vendor !== null && !branchesOf.has(vendor)) highlight(null, null);
    },
    hoverMarker(id) {
      highlight(id === null ? null : (vendorOf.get(id) ?? null), id);
    },
    revealMarker(id) {
      const pressed = vendorOf.get(id);
      if (pressed === undefined) return;
      if (!rowOf(pressed)) revealVendor(pressed);
      const row = rowOf(pressed);
      if (row) scrollWithin(pane, row);
    },
    reapply,
    focusRow(id) {
      const button = buttonOf(id);
      button?.focus({ preventScroll: true });
      if (button) scrollWithin(pane, button);
      return button !== null;
    },
  };
}

/** Scrolls the pane, and nothing around it, until the element is in view. */
function scrollWithin(pane: HTMLElement, element: HTMLElement): void {
  scrollOnce(pane, element);
  // Rows far from the view get their real height only after this scroll.
  requestAnimationFrame(() => scrollOnce(pane, element));
}

function scrollOnce(pane: HTMLElement, element: HTMLElement): void {
  const outer = pane.getBoundingClientRect();
  const inner = element.getBoundingClientRect();
  if (inner.top < outer.top + MARGIN) pane.scrollTop += inner.top - outer.top - MARGIN;
  else if (inner.bottom > outer.bottom - MARGIN) {
    // A row taller than the pane shows its top.
    pane.scrollTop += Math.min(inner.bottom - outer.bottom + MARGIN, inner.top - outer.top - MARGIN);
  }
}
