import { docker, type Project } from './docker.ts';
import { assert } from './steps.ts';

/** Checks users, privileges, file systems and published ports of the containers. @throws StepError */
export async function checkHardening(project: Project): Promise<string> {
  const inApi = (...command: string[]) => project.compose('exec', '-T', 'api', ...command);
  const inCluster = (...command: string[]) => project.compose('exec', '-T', 'opensearch', ...command);
  for (const [service, exec] of [['api', inApi] as const, ['opensearch', inCluster] as const]) {
    const user = (await exec('id', '-u')).trim();
    assert(user === '1000', `${service} runs as user ${user}`);
    const status = await exec('cat', '/proc/self/status');
    assert(/^CapEff:\s*0+$/m.test(status), `${service} has capabilities: ${/^CapEff:.*$/m.exec(status)}`);
    assert(/^NoNewPrivs:\s*1$/m.test(status), `${service} can gain privileges`);
  }
  const canWrite = await inApi('touch', '/app/test').then(
    () => true,
    () => false,
  );
  assert(!canWrite, 'api can write to its own file system');
  const owner = (await inApi('stat', '--format', '%u', '/data')).trim();
  assert(owner === '1000', `the releases volume belongs to user ${owner}`);
  const port = (await project.compose('port', 'api', '8080')).trim();
  assert(port.startsWith('127.0.0.1:'), `api is published at ${port}`);
  const container = (await project.compose('ps', '--quiet', 'opensearch')).trim();
  const ports = await docker('inspect', '--format', '{{range .NetworkSettings.Ports}}{{json .}}{{end}}', container);
  assert(!ports.includes('HostPort'), `opensearch publishes ports: ${ports}`);
  return `user 1000, no capabilities, read-only, only ${port} is published`;
}
