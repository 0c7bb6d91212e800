import { readdirSync, readFileSync } from 'node:fs';

/** The id of the process that runs the function of this directory under the emulator. */
export function functionProcess(directory: string): number {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`LAMBDA_TASK_ROOT=${directory}\0`)) continue;
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('bootstrap.mjs')) continue;
      if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'aws-lambda-rie') return Number(pid);
    } catch {
      // The process has exited in the meantime.
    }
  }
  throw new Error(`no process runs the function of ${directory}`);
}

/** Peak resident memory of that process, MB. */
export function peakMegabytes(directory: string): number {
  const status = readFileSync(`/proc/${functionProcess(directory)}/status`, 'utf8');
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}
