import { createHash } from 'node:crypto';
import { chmod, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runKeyText } from '../../core/runs/model.ts';
import { runTitle } from '../../core/runs/runTitle.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import { presentFullLine } from '../../views/runs/document/presentLine.ts';

const linesPerWrite = 5_000;

/** Whole logs of runs as files that only this user can read. */
export class FullLogs {
  constructor(private readonly folder: string) {}

  /** Writes all that is known of a run by now and gives the file's path. */
  async write(run: RunSnapshot, signal?: AbortSignal): Promise<string> {
    const hash = createHash('sha256').update(runKeyText(run.key)).digest('hex').slice(0, 12);
    const name = runTitle(run.key).replace(/[^\w.-]+/g, '-');
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, `${name}-${hash}.log`);
    await writeFullLog(run, path, signal);
    return path;
  }

  async clear(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Writes a run's whole log to `path`, in parts so that no text of the whole is made. */
export async function writeFullLog(run: RunSnapshot, path: string, signal?: AbortSignal): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    const { entries } = run;
    for (let from = 0; from < entries.length; from += linesPerWrite) {
      signal?.throwIfAborted();
      await file.write(
        entries
          .slice(from, from + linesPerWrite)
          .map(presentFullLine)
          .join(''),
      );
    }
  } finally {
    await file.close();
  }
  await chmod(path, 0o600);
}
