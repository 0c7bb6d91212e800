import { html } from 'lit-html';

export const searchIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"
  ><circle cx="10.5" cy="10.5" r="6.5"></circle><path d="M15.5 15.5 21 21"></path></svg>`;

export const locateIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"
  ><circle cx="12" cy="12" r="6"></circle><circle class="solid" cx="12" cy="12" r="2"></circle
  ><path d="M12 2v4M12 18v4M2 12h4M18 12h4"></path></svg>`;

export const pinIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"
  ><path d="M12 21.5C8 16.5 5.5 13.5 5.5 10a6.5 6.5 0 0 1 13 0c0 3.5-2.5 6.5-6.5 11.5Z"></path
  ><circle class="solid" cx="12" cy="10" r="2.2"></circle></svg>`;

export const directionsIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"
  ><path d="M5 20v-6a4 4 0 0 1 4-4h10M15 5.5 19.5 10 15 14.5"></path></svg>`;

export const closeIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"
  ><path d="M6 6l12 12M18 6 6 18"></path></svg>`;

export const clockIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"
  ><circle cx="12" cy="12" r="8.5"></circle><path d="M12 7v5l3.5 2"></path></svg>`;

export const chevronIcon = html`<svg class="icon is-small" viewBox="0 0 24 24" aria-hidden="true"
  ><path d="m6 9 6 6 6-6"></path></svg>`;

export const filterIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"
  ><path d="M4 7h9M17 7h3M4 17h3M11 17h9"></path><circle cx="15" cy="7" r="2"></circle><circle cx="9" cy="17" r="2"></circle></svg>`;

export const calendarIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"
  ><rect x="4" y="5.5" width="16" height="14.5" rx="2"></rect><path d="M4 10h16M8.5 3v4M15.5 3v4"></path></svg>`;

export const starIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"
  ><path d="m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8Z"></path></svg>`;

export const shareIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"
  ><path d="M12 15V3.5M8 7l4-4 4 4M6 11H5v9.5h14V11h-1"></path></svg>`;
