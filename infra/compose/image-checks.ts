import { docker } from './docker.ts';
import { assert } from './steps.ts';

type DockerImage = {
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

/** Maximum size relative to the base image. */
const MAX_SIZE_RATIO = 1.15;

/** @throws StepError if there is no such image */
export async function inspectImage(name: string): Promise<DockerImage> {
  const [image] = JSON.parse(await docker('image', 'inspect', name)) as DockerImage[];
  assert(image, `there is no image ${name}`);
  return image;
}

/**
 * Checks an image: size relative to its base, user, labels, health check, stop signal, and that no secret from the build
 * environment is in its layers' commands or its configuration. @throws StepError
 */
export async function checkImage(name: string, base: string, secret: string): Promise<string> {
  const [image, baseImage] = [await inspectImage(name), await inspectImage(base)];
  const ratio = image.Size / baseImage.Size;
  assert(ratio <= MAX_SIZE_RATIO, `it has ${image.Size} bytes, ${ratio.toFixed(3)} times the size of ${base}`);
  const { User, Labels, Healthcheck, StopSignal } = image.Config;
  assert(User === 'node', `it runs as "${User}", not as node`);
  assert(Healthcheck?.Test.length, 'it has no health check');
  assert(StopSignal === 'SIGTERM', `it is stopped by ${StopSignal}`);
  for (const label of ['title', 'description', 'licenses', 'version', 'revision', 'base.name']) {
    assert(`org.opencontainers.image.${label}` in Labels, `it has no label ${label}`);
  }
  const history = await docker('history', '--no-trunc', '--format', '{{.CreatedBy}}', name);
  assert(
    !`${history}${JSON.stringify(image.Config)}`.includes(secret),
    'it contains a secret of the build environment',
  );
  const files = await docker('run', '--rm', '--entrypoint', 'find', name, '/app', '-name', 'node_modules');
  assert(files.trim() === '', `it contains npm packages: ${files.trim()}`);
  const sizes = [image.Size, baseImage.Size].map((size) => `${(size / 1e6).toFixed(0)} MB`);
  return `${sizes.join(' on a base of ')} (ratio ${ratio.toFixed(3)}), ${image.Architecture}`;
}
