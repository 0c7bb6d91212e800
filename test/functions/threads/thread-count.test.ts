import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../functions/config/config.ts';
import { threadCount } from '../../../functions/threads/thread-count.ts';

const countOf = (args: readonly string[], cores: number, env = {}) => threadCount(readConfig(args, env), cores);

describe('the number of threads', () => {
  it.each([
    [1, 0],
    [2, 1],
    [5, 4],
    [64, 4],
  ])('is by default, with %i cores, %i', (cores, threads) => {
    expect(countOf([], cores)).toBe(threads);
  });

  it('is that of the setting, if it is given', () => {
    expect([countOf(['--threads', '0'], 8), countOf([], 1, { THREADS: '7' })]).toEqual([0, 7]);
    expect(() => countOf(['--threads', 'all'], 8)).toThrow('--threads must be a whole number from 0 to 64, or auto');
  });

  it('is 0 with a cluster, which has its own', () => {
    expect(countOf(['--engine', 'opensearch', '--opensearch-url', 'http://127.0.0.1:9200', '--threads', '3'], 8)).toBe(
      0,
    );
  });
});
