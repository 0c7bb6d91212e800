import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { town } from '../../../fixtures/town.ts';
import { cachedApp } from './cached-app.ts';

describe('a cache over one engine', () => {
  const PATH = '/search?q=tacos&lat=40&lon=-100';
  /** How often the engine is asked anything by a request. */
  async function asked(
    headers: Record<string, string>,
    change?: (state: ReturnType<typeof cachedApp>['state']) => void,
  ) {
    const { state, get, app } = cachedApp('one engine of a release');
    await get(PATH);
    change?.(state);
    const before = state.searches + state.abouts;
    const answer = await app.request(PATH, { headers });
    return { status: answer.status, asked: state.searches + state.abouts - before, answer };
  }

  it('asks it nothing of what is remembered', async () => {
    expect(await asked({})).toMatchObject({ status: 200, asked: 0 });
    expect(await asked({ 'Accept-Encoding': 'br', 'X-Request-Id': 'mine' })).toMatchObject({ status: 200, asked: 0 });
  });

  it.each<[string, Record<string, string>, number, Parameters<typeof asked>[1]]>([
    ['another minute', {}, 200, (state) => state.aMinuteLater()],
    ['another release', {}, 200, (state) => state.serve({ ...town(), version: '2026-10-01-b' })],
    ['the same release opened again', {}, 200, (state) => state.serve(town())],
    ['another coding', { 'Accept-Encoding': 'gzip' }, 200, undefined],
    ['a condition', { 'If-None-Match': '*' }, 304, undefined],
    ['a condition that nothing meets', { 'If-None-Match': '"x"' }, 200, undefined],
  ])('asks it after %s', async (_, headers, status, change) => {
    const after = await asked(headers, change);
    expect(after.status).toBe(status);
    expect(after.asked).toBeGreaterThan(0);
  });

  it('answers of the engine that there is', async () => {
    const { answer } = await asked({}, (state) => {
      state.engine = openEmbedded({ ...town([]), version: '2026-10-01-empty' });
    });
    expect(await answer.json()).toMatchObject({ hits: 0, meta: { data_version: '2026-10-01-empty' } });
  });

  it('does not mind where a path is that it does not know', async () => {
    const { get, app } = cachedApp('one engine of a release');
    const body = await (await get('/search?q=tacos')).text();
    expect(await (await app.request('/search?q=tacos')).text()).toBe(body);
    expect((await app.request('/trucks/search?q=tacos')).status).toBe(404);
    expect((await app.request('/x/search?q=tacos')).status).toBe(404);
    expect((await app.request('/search/?q=tacos')).status).toBe(404);
  });
});
