import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SETTINGS } from '../../../functions/config/settings.ts';

type Service = {
  image: string;
  profiles?: string[];
  build?: { dockerfile: string; target?: string };
  environment?: Record<string, string | null>;
  ports?: string[];
  networks?: string[];
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
  healthcheck?: { test?: string[]; disable?: boolean };
  scale?: number;
  restart?: string;
  [key: string]: unknown;
};
const text = readFileSync('docker-compose.yml', 'utf8');
const file = parse(text, { merge: true }) as {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean } | null>;
  volumes: Record<string, unknown>;
};
const { services, networks, volumes } = file;
const dockerfile = readFileSync('infra/Dockerfile', 'utf8');
const service = (name: string): Service => {
  const found = services[name];
  if (!found) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
};
/** Services that run our image. */
const ours = Object.entries(services).filter(([, { build, scale }]) => build && scale !== 0);

describe('docker-compose.yml', () => {
  it('uses the current file format', () => {
    expect(Object.keys(file)).not.toContain('version');
    expect(text).not.toMatch(/container_name|links:/);
  });

  it('starts exactly the system without a profile', () => {
    const unprofiled = Object.keys(services).filter((name) => !services[name]?.profiles);
    expect(unprofiled.sort()).toEqual(['api', 'opensearch', 'seed', 'seeded']);
    for (const name of ['embedded', 'localstack']) expect(service(name).profiles).toEqual([name]);
  });

  it('publishes no port to the network by default', () => {
    for (const [name, { ports = [] }] of Object.entries(services)) {
      for (const port of ports) expect(port, name).toMatch(/^(127\.0\.0\.1|\$\{CURBSIDE_ADDRESS:-127\.0\.0\.1\}):/);
    }
    expect(service('api').ports).toHaveLength(1);
  });

  it('isolates OpenSearch, which has no password, in a network with its clients', () => {
    const { ports, networks: own, environment } = service('opensearch');
    expect([ports, own]).toEqual([undefined, ['engine']]);
    expect(networks.engine?.internal).toBe(true);
    expect(environment).toMatchObject({ DISABLE_SECURITY_PLUGIN: 'true', 'discovery.type': 'single-node' });
    const inside = Object.keys(services).filter((name) => services[name]?.networks?.includes('engine'));
    expect(inside.sort()).toEqual(['api', 'opensearch', 'seed']);
  });

  it('loads the data once OpenSearch is healthy, and serves before that', () => {
    expect(service('seed').depends_on).toEqual({ opensearch: { condition: 'service_healthy' } });
    expect(service('api').depends_on).toEqual({ opensearch: { condition: 'service_started' } });
    expect([service('api').environment?.WAIT, service('seed').restart]).toEqual(['off', 'on-failure:3']);
    expect(service('opensearch').healthcheck?.test?.join(' ')).toContain('_cluster/health');
    expect(service('seeded')).toMatchObject({
      scale: 0,
      depends_on: { seed: { condition: 'service_completed_successfully' } },
    });
  });

  it('pins every image to a version', () => {
    const pulled = Object.values(services).filter(({ build }) => !build);
    const bases = [...dockerfile.matchAll(/^FROM (\S+:\S+)/gm)].map(([, base]) => base ?? '');
    const named = [...pulled.map(({ image }) => image), ...bases];
    expect(named.length).toBeGreaterThan(2);
    for (const image of named) expect(image).toMatch(/:\d[\w.-]*$/);
  });

  it('declares all volumes that it uses, and no others', () => {
    const used = Object.values(services).flatMap((one) => (one.volumes ?? []).map((volume) => volume.split(':')[0]));
    const named = used.filter((volume) => !volume?.startsWith('/'));
    expect([...new Set(named)].sort()).toEqual(Object.keys(volumes).sort());
  });

  it.each(ours)('%s passes only known settings to the server', (_name, { environment = {} }) => {
    const known: string[] = Object.values(SETTINGS).map(({ env }) => env);
    const unknown = Object.keys(environment).filter((name) => !known.includes(name) && !/^SOURCE_[A-Z]+$/.test(name));
    expect(Object.keys(environment).length).toBeGreaterThan(5);
    expect(unknown).toEqual([]);
  });

  it('passes on all settings that are not fixed in a container', () => {
    const passed = Object.keys(service('api').environment ?? {});
    const all = Object.values(SETTINGS).map(({ env }) => env as string);
    expect(all.filter((env) => !passed.includes(env))).toEqual([
      // The image sets the first three, `npm run dev` sets RELOAD_ORIGIN, and this cluster has no users.
      ...['PORT', 'HOST', 'DATA_DIR', 'RELOAD_ORIGIN'],
      ...['OPENSEARCH_AUTH', 'OPENSEARCH_USERNAME', 'OPENSEARCH_PASSWORD', 'OPENSEARCH_CA', 'AWS_REGION'],
    ]);
    for (const env of ['PORT', 'HOST', 'DATA_DIR']) expect(dockerfile).toMatch(new RegExp(`^ENV .*\\b${env}=`, 'm'));
  });

  it.each(Object.entries(services).filter(([name]) => ['api', 'seed', 'embedded', 'opensearch', 'dev'].includes(name)))(
    '%s has no more privileges than it needs',
    (name, one) => {
      expect(one).toMatchObject({ init: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
      // The development server writes bundles, and OpenSearch writes keys, to the program's directory.
      if (!['dev', 'opensearch'].includes(name)) expect(one).toMatchObject({ read_only: true, tmpfs: ['/tmp'] });
      if (name !== 'dev') expect(one.mem_limit).toBeDefined();
    },
  );

  it('takes secrets from the environment only', () => {
    const secrets = ours.flatMap(([, { environment = {} }]) =>
      Object.entries(environment).filter(([name]) => /TOKEN|PASSWORD|SECRET|KEY/.test(name)),
    );
    expect(secrets.length).toBeGreaterThan(2);
    for (const [name, value] of secrets) expect(value, name).toBeNull();
  });
});

describe('infra/Dockerfile', () => {
  const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));

  it('ends with a stage that contains only bundles', () => {
    const copied = [...last.matchAll(/^COPY (.*)$/gm)].map(([, rest]) => rest ?? '');
    expect(copied.length).toBe(2);
    for (const one of copied) expect(one).toContain('--from=build');
    expect(last).not.toMatch(/^RUN|npm/m);
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/^HEALTHCHECK .*--start-interval/m);
  });

  it('has the version of package.json', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(last).toContain(`ARG VERSION=${version}\n`);
  });

  it('has only the sources of the build in its context: no secrets, data or history', () => {
    const lines = readFileSync('.dockerignore', 'utf8').split('\n');
    expect(lines.filter((line) => line && !line.startsWith('#'))[0]).toBe('*');
    const included = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(included.filter((path) => /^(\.|data|dist|node_modules|test)/.test(path))).toEqual([]);
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    for (const name of ['build', 'dev']) {
      const [, entry = ''] = /^esbuild (\S+)/.exec(scripts[name] ?? '') ?? [];
      expect(
        included.some((path) => entry.startsWith(`${path}/`)),
        entry,
      ).toBe(true);
    }
  });
});
