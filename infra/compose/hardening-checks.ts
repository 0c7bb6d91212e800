import { docker, type Project } from './docker.ts';
import { must } from './steps.ts';

/** Checks what the processes in the containers may do, and what of them can be reached. @throws StepError */
export async function checkHardened(project: Project): Promise<string> {
  const inApi = (...command: string[]) => project.compose('exec', '-T', 'api', ...command);
  const inEngine = (...command: string[]) => project.compose('exec', '-T', 'opensearch', ...command);
  for (const [service, exec] of [['api', inApi] as const, ['opensearch', inEngine] as const]) {
    const user = (await exec('id', '-u')).trim();
    must(user === '1000', `${service} runs as user ${user}`);
    const status = await exec('cat', '/proc/self/status');
    must(/^CapEff:\s*0+$/m.test(status), `${service} has capabilities: ${/^CapEff:.*$/m.exec(status)}`);
    must(/^NoNewPrivs:\s*1$/m.test(status), `${service} may gain privileges`);
  }
  const written = await inApi('touch', '/app/written').then(
    () => true,
    () => false,
  );
  must(!written, 'api can write into its own file system');
  const owner = (await inApi('stat', '--format', '%u', '/data')).trim();
  must(owner === '1000', `the volume of releases belongs to user ${owner}`);
  const port = (await project.compose('port', 'api', '8080')).trim();
  must(port.startsWith('127.0.0.1:'), `api is published at ${port}`);
  const engine = (await project.compose('ps', '--quiet', 'opensearch')).trim();
  const ports = await docker('inspect', '--format', '{{range .NetworkSettings.Ports}}{{json .}}{{end}}', engine);
  must(!ports.includes('HostPort'), `opensearch is published: ${ports}`);
  return `user 1000, no capabilities, read-only, ${port} only`;
}
