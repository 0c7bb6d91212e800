import { render } from 'lit-html';
import { createApi } from './api.ts';
import { card } from './card.ts';
import { createLight } from './light.ts';
import { createMap } from './map.ts';
import { foot, panel } from './panel.ts';
import { createSession } from './session.ts';
import { spotsOf } from './spots.ts';
import { english } from './text.ts';
import { top } from './top.ts';

const at = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
};
const [topBox, pane, results, footBox, mapBox, skip] = ['top', 'pane', 'results', 'foot', 'map', 'skip'].map(at) as [
  HTMLElement,
  HTMLElement,
  HTMLElement,
  HTMLElement,
  HTMLElement,
  HTMLElement,
];
const text = english(navigator.language);
skip.textContent = text.skip;
results.replaceChildren();

const popup = document.createElement('div');
popup.className = 'card';
popup.setAttribute('role', 'dialog');
popup.setAttribute('aria-labelledby', 'card-name');
let openedFrom: 'list' | 'map' | 'link' = 'link';

const light = createLight({ pane, results, toMap: (ids, key) => map.light(ids, key) });
const map = createMap(mapBox, text, {
  onPoint: (id) => light.fromMap(id),
  onPick: (id) => session.actions.pick(id, 'map'),
  onClose(id, back) {
    session.closed();
    if (!back) return;
    if (openedFrom === 'list' && light.focusRow(id)) return;
    map.focusPin(id);
  },
});
const session = createSession({
  api: createApi('/', () => navigator.onLine),
  text,
  touch: window.matchMedia('(pointer: coarse)').matches,
  stage: {
    paint() {
      const { view, meta } = session.screen;
      document.title = text.title(view.search.q ?? '', meta?.city.name ?? null);
      render(top(session), topBox);
      render(panel(session), results);
      render(foot(session), footBox);
      light.renew();
    },
    answered(answer) {
      const { lat, lon } = answer?.query ?? {};
      map.setOrigin(lat != null && lon != null ? { lat, lon } : null);
      light.learn(answer);
      map.show(spotsOf(answer, text));
      if (answer) map.frame();
      else map.home();
    },
    cityKnown: (meta) => map.drawCity(meta),
    open({ truck, branch }, from) {
      openedFrom = from;
      render(card(session, truck, branch), popup);
      map.open(branch.id, popup);
      if (from !== 'link') popup.querySelector<HTMLElement>('h3')?.focus({ preventScroll: true });
    },
    close: () => map.close(),
    dismiss: () => map.dismiss(),
  },
});
session.start();
