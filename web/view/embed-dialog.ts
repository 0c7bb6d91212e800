import type { html as Html, render as Render } from 'lit-html';
import { EMBED_SIZES, type EmbedSize, embedCode, embedUrl } from '../app/embed-code.ts';
import type { UrlState } from '../app/url-state.ts';
import type { Translations } from '../i18n/translations.ts';
import type { closeIcon as CloseIcon } from './icons.ts';

/**
 * What the page passes on. A module that this chunk and the page's script both import would be a file of its own, and each first visit would
 * make one more request.
 */
type PageParts = {
  readonly html: typeof Html;
  readonly render: typeof Render;
  readonly closeIcon: typeof CloseIcon;
};

/** Shows the code that embeds a search in another page, with a preview. */
export function showEmbedDialog({ html, render, closeIcon }: PageParts, t: Translations, urlState: UrlState): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'sheet embed-dialog';
  dialog.setAttribute('aria-labelledby', 'embed-title');
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  show('medium', '');
  dialog.showModal();

  function show(size: EmbedSize, notice: string): void {
    const url = embedUrl(urlState, location.href);
    const code = embedCode(url, t.title(urlState.search.q ?? '', null), size);
    const copy = async () => {
      await navigator.clipboard.writeText(code).then(
        () => show(size, t.embed.copied),
        () => dialog.querySelector('textarea')?.select(),
      );
    };
    render(
      html`<div class="sheet-inner">
        <div class="sheet-head">
          <h2 id="embed-title">${t.embed.open}</h2>
          <button type="button" class="close" aria-label=${t.close} @click=${() => dialog.close()}>${closeIcon}</button>
        </div>
        <div class="sheet-body">
          <label class="within"><span>${t.embed.size}</span>
            <select @change=${(event: Event) => show((event.target as HTMLSelectElement).value as EmbedSize, '')}>
              ${(Object.keys(EMBED_SIZES) as EmbedSize[]).map(
                (name) =>
                  html`<option value=${name} ?selected=${name === size}>${t.embed.sizes[name]} (${EMBED_SIZES[name].width} × ${EMBED_SIZES[name].height})</option>`,
              )}
            </select>
          </label>
          <textarea class="embed-code" rows="4" readonly aria-label=${t.embed.code} .value=${code}></textarea>
          <p role="status">${notice}</p>
          <iframe class="embed-preview" src=${url} title=${t.embed.preview} width=${EMBED_SIZES[size].width} height=${EMBED_SIZES[size].height}></iframe>
        </div>
        <div class="sheet-foot"><button type="button" class="button" @click=${copy}>${t.embed.copy}</button></div>
      </div>`,
      dialog,
    );
  }
}
