import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { town } from '../../../fixtures/town.ts';
import { cachedApp } from './cached-app.ts';

describe('a response cache over one engine', () => {
  const PATH = '/search?q=tacos&lat=40&lon=-100';
  /** The number of calls of the engine for a second request. */
  async function secondRequest(
    headers: Record<string, string>,
    change?: (state: ReturnType<typeof cachedApp>['state']) => void,
  ) {
    const { state, get, app } = cachedApp('one engine per release');
    await get(PATH);
    change?.(state);
    const before = state.searches + state.abouts;
    const response = await app.request(PATH, { headers });
    return { status: response.status, calls: state.searches + state.abouts - before, response };
  }

  it('recalls a response without calling it', async () => {
    expect(await secondRequest({})).toMatchObject({ status: 200, calls: 0 });
    expect(await secondRequest({ 'Accept-Encoding': 'br', 'X-Request-Id': 'mine' })).toMatchObject({
      status: 200,
      calls: 0,
    });
  });

  it.each<[string, Record<string, string>, number, Parameters<typeof secondRequest>[1]]>([
    ['another minute', {}, 200, (state) => state.advanceMinute()],
    ['another release', {}, 200, (state) => state.serve({ ...town(), version: '2026-10-01-b' })],
    ['the same release opened again', {}, 200, (state) => state.serve(town())],
    ['another encoding', { 'Accept-Encoding': 'gzip' }, 200, undefined],
    ['a condition', { 'If-None-Match': '*' }, 304, undefined],
    ['a condition that does not match', { 'If-None-Match': '"x"' }, 200, undefined],
  ])('calls it after %s', async (_, headers, status, change) => {
    const after = await secondRequest(headers, change);
    expect(after.status).toBe(status);
    expect(after.calls).toBeGreaterThan(0);
  });

  it('responds from the current engine', async () => {
    const { response } = await secondRequest({}, (state) => {
      state.engine = openEmbedded({ ...town([]), version: '2026-10-01-empty' });
    });
    expect(await response.json()).toMatchObject({ hits: 0, meta: { data_version: '2026-10-01-empty' } });
  });

  it('ignores paths other than /search', async () => {
    const { get, app } = cachedApp('one engine per release');
    const body = await (await get('/search?q=tacos')).text();
    expect(await (await app.request('/search?q=tacos')).text()).toBe(body);
    expect((await app.request('/trucks/search?q=tacos')).status).toBe(404);
    expect((await app.request('/x/search?q=tacos')).status).toBe(404);
    expect((await app.request('/search/?q=tacos')).status).toBe(404);
  });
});
