import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The versions of the npm packages. */
const { dependencies } = JSON.parse(readFileSync('test/clients/package.json', 'utf8')) as {
  dependencies: Record<string, string>;
};
export const NODE_MODULES = resolve('test/clients/node_modules');

/** Where `npm run clients` puts everything that is not from npm. */
const DIRECTORY = resolve('dist/clients');

export const REQUIREMENTS = 'test/clients/requirements.txt';
const requirements = readFileSync(REQUIREMENTS, 'utf8');
export const VENV = `${DIRECTORY}/venv`;
/** A copy of the requirements, written after they were installed. */
export const INSTALLED_REQUIREMENTS = `${VENV}/requirements.txt`;

const OPENAPI_GENERATOR = '7.25.0';
const JAR_NAME = `openapi-generator-cli-${OPENAPI_GENERATOR}.jar`;
export const JAR = {
  artifact: `org.openapitools:openapi-generator-cli:${OPENAPI_GENERATOR}`,
  directory: DIRECTORY,
  path: `${DIRECTORY}/${JAR_NAME}`,
};

/** Each generator as functions/http/README.md calls it, and as it is installed here. */
export const GENERATORS = {
  typescript: {
    called: `npx openapi-typescript@${dependencies['openapi-typescript']}`,
    installed: [`${NODE_MODULES}/.bin/openapi-typescript`],
  },
  python: {
    called: `pipx run ${/^openapi-python-client==.*$/m.exec(requirements)?.[0]}`,
    installed: [`${VENV}/bin/openapi-python-client`],
  },
  go: { called: `java -jar ${JAR_NAME}`, installed: ['java', '-jar', JAR.path] },
} as const;

export const hasNpmTools = () =>
  Object.entries(dependencies).every(([name, version]) => {
    const text = textOf(`${NODE_MODULES}/${name}/package.json`);
    return text !== undefined && (JSON.parse(text) as { version: string }).version === version;
  });
export const hasPythonTools = () => textOf(INSTALLED_REQUIREMENTS) === requirements;
export const hasJar = () => existsSync(JAR.path);

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
