import type { Control } from '../app/app-state.ts';

/** Distance between a control's chip and its popover on a wide screen, and of the popover from the screen's edge, pixels. */
const GAP = 8;
/** Where the dialog is a popover; as in control-sheet.css. */
const POPOVER = '(width >= 600px)';
/** On a lower screen a popover needs the whole height, pixels. */
const LOW_SCREEN = 560;

/** Opens the dialog for a control, or closes it (`null`). */
export type ControlDialog = { show(control: Control | null): void };

/**
 * The dialog in which the controls open: a sheet at the lower edge of a phone, a popover under its chip elsewhere (control-sheet.css).
 * The browser keeps the focus in it, closes it on Escape and returns the focus.
 * @param onClose the user closed it
 */
export function createControlDialog(dialog: HTMLDialogElement, onClose: () => void): ControlDialog {
  dialog.addEventListener('close', onClose);
  // Its content fills the dialog, so a click on the dialog itself is beside it, on the backdrop.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  // The browser closes the dialog; nothing else closes with it.
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') event.stopPropagation();
  });
  return {
    show(control) {
      if (control === null) return void (dialog.open && dialog.close());
      if (dialog.open) return;
      dialog.showModal();
      // On a phone, measuring would lay out the page once more before it is painted.
      const chip = window.matchMedia(POPOVER).matches && document.querySelector(`[data-control="${control}"]`);
      if (!chip) return;
      place(chip.getBoundingClientRect());
    },
  };

  /** Places the popover under its chip. A window that becomes wide later shows it at the place that the style sheet gives. */
  function place(chip: DOMRect): void {
    const left = Math.min(chip.left, window.innerWidth - dialog.offsetWidth - GAP);
    dialog.style.setProperty('--left', `${Math.max(GAP, left)}px`);
    dialog.style.setProperty('--top', `${window.innerHeight < LOW_SCREEN ? GAP : chip.bottom + GAP}px`);
  }
}
