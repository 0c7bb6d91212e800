/**
 * Tells when the page is printed: `true` before it is laid out on paper, `false` afterwards. Firefox reports only the events,
 * and a browser that renders a PDF or previews the print style only the media query.
 */
export function listenForPrinting(onChange: (printing: boolean) => void): void {
  window.matchMedia('print').addEventListener('change', ({ matches }) => onChange(matches));
  window.addEventListener('beforeprint', () => onChange(true));
  window.addEventListener('afterprint', () => onChange(false));
}
