import { FileType, Uri, workspace } from 'vscode';

/**
 * Copies the packaged sample pipeline into a new folder under `parent`, named `sluice-sample` or, where that is taken,
 * `sluice-sample-2` and so on. Gives the new folder.
 */
export async function copySample(sample: Uri, parent: Uri): Promise<Uri> {
  const entries = await workspace.fs.readDirectory(parent);
  const taken = new Set(entries.map(([name]) => name));
  let name = 'sluice-sample';
  for (let number = 2; taken.has(name); number += 1) name = `sluice-sample-${String(number)}`;
  const target = Uri.joinPath(parent, name);
  await workspace.fs.copy(sample, target, { overwrite: false });
  return target;
}

/** Whether the sample is part of this installation. */
export async function hasSample(sample: Uri): Promise<boolean> {
  try {
    return (await workspace.fs.stat(sample)).type === FileType.Directory;
  } catch {
    return false;
  }
}
