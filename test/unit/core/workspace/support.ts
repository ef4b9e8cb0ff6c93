import { Contracts } from '../../../../src/core/workspace/contracts/contracts.ts';
import { WorkspaceIndex } from '../../../../src/core/workspace/workspaceIndex.ts';

const never = new AbortController().signal;

/** An index over files in memory, read through. */
export async function indexOf(files: Readonly<Record<string, string>>): Promise<WorkspaceIndex> {
  const index = new WorkspaceIndex({
    files: {
      list: async () => await Promise.resolve(Object.keys(files)),
      read: async (paths) => await Promise.resolve(paths.map((path) => files[path])),
    },
    pause: async () => await Promise.resolve(),
    onSettled: () => undefined,
  });
  await index.readAll(never);
  return index;
}

/** What is found between the files: `file rule "text that is underlined"`, with the message where it is asked for. */
export async function findingsIn(files: Readonly<Record<string, string>>): Promise<readonly Found[]> {
  const contracts = new Contracts(await indexOf(files));
  return Object.entries(files).flatMap(([path, text]) =>
    contracts.findings(path, text, {}).map((finding) => {
      const lines = text.split('\n');
      const { start, end } = finding.range;
      const line = lines[start.line] ?? '';
      const at = end.line === start.line ? line.slice(start.character, end.character) : line.slice(start.character);
      return { path, code: finding.code.replace(/^glue\//, ''), at, finding };
    }),
  );
}

export interface Found {
  readonly path: string;
  readonly code: string;
  readonly at: string;
  readonly finding: ReturnType<Contracts['findings']>[number];
}

/** Findings as `path code at`. */
export async function linesOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return (await findingsIn(files)).map(({ path, code, at }) => `${path} ${code} ${at}`);
}
