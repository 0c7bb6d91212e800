import { docker } from './docker.ts';
import { must } from './steps.ts';

type Inspected = {
  readonly Id: string;
  readonly Size: number;
  readonly Architecture: string;
  readonly RootFS: { readonly Layers: readonly string[] };
  readonly Config: {
    readonly User: string;
    readonly Env: readonly string[];
    readonly StopSignal?: string;
    readonly Labels: Readonly<Record<string, string>>;
    readonly Healthcheck?: { readonly Test: readonly string[] };
  };
};

/** Most that the image may weigh, as a share of the one that it is built on. */
const MOST_SHARE = 1.15;

/** What Docker knows of an image. @throws StepError when it is not here */
export async function inspectImage(name: string): Promise<Inspected> {
  const [one] = JSON.parse(await docker('image', 'inspect', name)) as Inspected[];
  must(one, `docker knows no image ${name}`);
  return one;
}

/**
 * Checks an image against the one that it is built on: size, user, labels, health check, signal, and that no secret of
 * whoever built it is in its layers' commands or its configuration. @throws StepError
 */
export async function checkImage(name: string, base: string, secret: string): Promise<string> {
  const [image, below] = [await inspectImage(name), await inspectImage(base)];
  const share = image.Size / below.Size;
  must(share <= MOST_SHARE, `it has ${image.Size} bytes, ${share.toFixed(3)} times those of ${base}`);
  const { User, Labels, Healthcheck, StopSignal } = image.Config;
  must(User === 'node', `it runs as "${User}", not as node`);
  must(Healthcheck?.Test.length, 'it has no health check');
  must(StopSignal === 'SIGTERM', `it is stopped by ${StopSignal}`);
  for (const label of ['title', 'description', 'licenses', 'version', 'revision', 'base.name']) {
    must(`org.opencontainers.image.${label}` in Labels, `it has no label ${label}`);
  }
  const history = await docker('history', '--no-trunc', '--format', '{{.CreatedBy}}', name);
  must(!`${history}${JSON.stringify(image.Config)}`.includes(secret), 'a secret of the builder is in it');
  const files = await docker('run', '--rm', '--entrypoint', 'find', name, '/app', '-name', 'node_modules');
  must(files.trim() === '', `it has packages: ${files.trim()}`);
  const sizes = [image.Size, below.Size].map((size) => `${(size / 1e6).toFixed(0)} MB`);
  return `${sizes.join(' on ')}, ${share.toFixed(3)} times its base, ${image.Architecture}`;
}
