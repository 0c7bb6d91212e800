import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SETTINGS } from '../../../functions/config/settings.ts';

type Step = { readonly uses?: string; readonly run?: string };
type Job = {
  readonly steps: readonly Step[];
  readonly strategy?: { readonly matrix: { readonly node: readonly (string | number)[] } };
  readonly services?: Readonly<Record<string, { readonly image: string }>>;
  readonly env?: Readonly<Record<string, string>>;
};
type FormField = { readonly type: string; readonly id?: string; readonly attributes: Readonly<Record<string, string>> };

const text = (path: string) => readFileSync(path, 'utf8');
const list = (directory: string) => readdirSync(directory).map((name) => `${directory}/${name}`);
const { scripts, engines } = JSON.parse(text('package.json')) as {
  scripts: Record<string, string>;
  engines: { node: string };
};
const workflows = list('.github/workflows');
const jobsOf = (path: string) => Object.values((parse(text(path)) as { jobs: Record<string, Job> }).jobs);

describe('the workflows of GitHub', () => {
  it.each(workflows)('%s runs existing npm scripts and pins actions by commit', (path) => {
    const steps = jobsOf(path).flatMap((job) => job.steps);
    const commands = steps.flatMap(({ run }) => (run ? [run] : []));
    const names = commands.flatMap((run) => /^npm (?:run )?(?<name>[\w:]+)/.exec(run)?.groups?.name ?? []);
    expect(names).toContain('lint');
    expect(names.filter((name) => name !== 'ci' && !(name in scripts))).toEqual([]);
    const actions = steps.flatMap(({ uses }) => uses ?? []);
    expect(actions.length).toBeGreaterThan(1);
    for (const action of actions) {
      expect(action).toMatch(/^[\w-]+\/[\w-]+@[\da-f]{40}$/);
      // The comment is what Dependabot renews together with the commit.
      expect(text(path)).toMatch(new RegExp(`${action} # v\\d+\\.\\d+\\.\\d+$`, 'm'));
    }
  });

  it('run no scripts of packages', () => {
    const installs = [...workflows, 'infra/Dockerfile'].flatMap(
      (path) => text(path).match(/npm (?:ci|install)\b.*/g) ?? [],
    );
    expect(installs.length).toBeGreaterThan(3);
    for (const install of installs) expect(install).toContain('--ignore-scripts');
  });

  it('test the deployed and the oldest supported Node, with the OpenSearch of docker-compose.yml', () => {
    const [, test] = jobsOf('.github/workflows/ci.yml');
    expect(test?.strategy?.matrix.node.map(String)).toEqual([text('.nvmrc').trim(), engines.node.replace('>=', '')]);
    const { services } = parse(text('docker-compose.yml'), { merge: true }) as { services: Record<string, Job> };
    expect(test?.services?.opensearch).toMatchObject({
      image: (services.opensearch as unknown as { image: string }).image,
    });
    expect(test?.steps.map(({ run }) => run)).toContain('npm test');
  });

  it('run without CI=true, under which missing services are an error', () => {
    const [, test] = jobsOf('.github/workflows/ci.yml');
    expect(test?.env).toMatchObject({ CI: '', OPENSEARCH_URL: 'http://127.0.0.1:9200' });
  });
});

describe('the templates of GitHub', () => {
  const forms = list('.github/ISSUE_TEMPLATE').filter((path) => !path.endsWith('/config.yml'));

  it.each(forms)('%s is a complete form', (path) => {
    const { name, description, body } = parse(text(path)) as { name: string; description: string; body: FormField[] };
    expect([name, description].every(Boolean)).toBe(true);
    const fields = body.filter(({ type }) => type !== 'markdown');
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
    for (const { id, attributes } of fields) expect([id, attributes.label].every(Boolean), id).toBe(true);
  });

  it.each([...workflows, ...list('.github/ISSUE_TEMPLATE'), '.github/PULL_REQUEST_TEMPLATE.md'])(
    '%s names only existing files and npm scripts',
    (path) => {
      const named = text(path).matchAll(/\b(?:[\w.-]+\/)*[\w-]+\.(?:md|ts|ya?ml)\b|\bseed\/cities\b|\btest\/[\w/]+/g);
      const paths = [...named].map(([match]) => match.replace(/^blob\/main\//, ''));
      expect(paths.filter((one) => !existsSync(one))).toEqual([]);
      const names = [...text(path).matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? '');
      expect(names.filter((name) => !(name in scripts))).toEqual([]);
    },
  );
});

describe('the dev container', () => {
  it('has the recommended Node and forwards the default port', () => {
    const { image, forwardPorts } = JSON.parse(text('.devcontainer/devcontainer.json'));
    expect(image).toMatch(new RegExp(`:${text('.nvmrc').trim()}$`));
    expect(forwardPorts).toEqual([Number(SETTINGS.port.default)]);
  });
});

describe('infra/README.md', () => {
  it('names only existing npm scripts', () => {
    const names = [...text('infra/README.md').matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? '');
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !(name in scripts))).toEqual([]);
  });
});
