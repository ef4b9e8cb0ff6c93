import { openDocument } from '../../core/asl/index.ts';
import { fileKind, machineName } from '../../core/workspace/workspaceFile.ts';
import { localOf } from '../codeLens/hostLenses.ts';
import { localJob } from '../codeLens/localJob.ts';
import type { Local } from '../deploy/drifts.ts';
import type { HostIndex } from '../workspace/hostIndex.ts';
import type { JobIndex } from '../workspace/jobIndex.ts';
import type { LocalKey } from './treeDrifts.ts';
import { listWorkspaceFiles, readBytes, readWorkspaceText } from '../workspace/workspaceFiles.ts';

export interface LocalParts {
  readonly jobIndex: JobIndex;
  readonly hosts: HostIndex;
}

/** The jobs and state machines of the workspace by their names; what has a file of its own before what a tool deploys. */
export async function readLocals({ jobIndex, hosts }: LocalParts): Promise<ReadonlyMap<LocalKey, Local>> {
  const locals = new Map<LocalKey, Local>();
  for (const { resources } of await hosts.all()) {
    for (const resource of resources) {
      const local = localOf(resource);
      if (local) locals.set(`${local.kind} ${local.name}`, local);
    }
  }
  for (const { config, script } of await jobIndex.jobs()) {
    locals.set(`job ${config.name}`, localJob(config, script && (await readBytes(script))));
  }
  for (const { uris } of await listWorkspaceFiles()) {
    for (const [path, uri] of uris) {
      const text = fileKind(path) === 'definition' ? await readWorkspaceText(uri) : undefined;
      if (text === undefined) continue;
      const name = machineName(path);
      // One with placeholders is part of a template, which fills them in.
      locals.set(`machine ${name}`, { kind: 'machine', name, definition: openDocument(text, { fileName: path }) });
    }
  }
  return locals;
}
