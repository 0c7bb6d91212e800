import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../../functions/config/config.ts';

const URL = 'https://search.example:9200';
const read = (env: Record<string, string>) => readConfig([], { ENGINE: 'opensearch', OPENSEARCH_URL: URL, ...env });
const fault = (env: Record<string, string>): string => {
  try {
    read(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
};

describe('the settings of a cluster', () => {
  it('are null with another engine', () => {
    expect(readConfig([], { OPENSEARCH_URL: URL }).cluster).toBeNull();
    expect(read({}).cluster).toEqual({
      url: URL,
      alias: 'curbside',
      auth: { kind: 'none' },
      caFile: null,
      timeoutMs: 5000,
      budgetMs: 8000,
    });
    expect(read({ WAIT: '2m' }).waitMs).toBe(120_000);
  });

  it('choose the sign-in by the variables', () => {
    const user = { OPENSEARCH_USERNAME: 'cook', OPENSEARCH_PASSWORD: 'p4ss' };
    expect(read(user).cluster?.auth).toEqual({ kind: 'basic', username: 'cook', password: 'p4ss' });
    const aws = { OPENSEARCH_AUTH: 'sigv4', AWS_REGION: 'us-west-2' };
    expect(read(aws).cluster?.auth).toEqual({ kind: 'sigv4', region: 'us-west-2', credentials: null });
    const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key', AWS_SESSION_TOKEN: 'token' };
    const credentials = { accessKeyId: 'id', secretAccessKey: 'key', sessionToken: 'token' };
    expect(read({ ...aws, ...keys }).cluster?.auth).toEqual({ kind: 'sigv4', region: 'us-west-2', credentials });
  });

  it('name missing variables', () => {
    expect(fault({ OPENSEARCH_URL: '' })).toContain('OPENSEARCH_URL');
    expect(fault({ OPENSEARCH_AUTH: 'sigv4' })).toContain('AWS_REGION');
    expect(fault({ OPENSEARCH_USERNAME: 'cook' })).toContain('OPENSEARCH_PASSWORD');
    expect(fault({ OPENSEARCH_TIMEOUT: 'soon' })).toContain('OPENSEARCH_TIMEOUT must be');
  });

  it('keep secrets out of messages and out of the other settings', () => {
    expect(fault({ OPENSEARCH_URL: 'https://cook:p4ss@search.example/path' })).toContain('//…@search.example');
    const { cluster, ...rest } = read({ OPENSEARCH_USERNAME: 'cook', OPENSEARCH_PASSWORD: 'p4ss' });
    expect(JSON.stringify(cluster)).toContain('p4ss');
    expect(JSON.stringify(rest)).not.toContain('p4ss');
  });
});
