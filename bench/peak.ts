/** The most memory a process has had at once. */
import { readFile } from 'node:fs/promises';

/**
 * Megabytes (10⁶) of a Linux process's resident set at its largest. Not `resourceUsage().maxRSS`, which a process
 * inherits from the one that started it.
 * @returns undefined where there is no /proc, or no such process
 */
export async function peakMegabytes(pid: number | 'self'): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kibibytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : (Number(kibibytes) * 1024) / 1e6;
}
