import { Uri, window } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import type { HostedResource } from '../../core/workspace/hosted.ts';
import { fileKind } from '../../core/workspace/workspaceFile.ts';
import type { App } from '../app.ts';
import { back, pickOne } from '../prompts/steps.ts';
import { ownerAt, ownerOfDefinition, type WorkspaceOwner } from './ownership.ts';

/** A file that a tool deploys from, and the thing in it that was meant, where one was. */
export interface HostTarget extends WorkspaceOwner {
  readonly resource?: HostedResource;
  /** Whether it was named by a definition in a file of its own. */
  readonly isDefinition?: true;
}

/** What a lens (`{host, line}`), a file or the editor in front names; undefined where no tool deploys it. */
export async function hostTarget({ hosts }: Pick<App, 'hosts'>, target: unknown): Promise<HostTarget | undefined> {
  if (isLens(target)) {
    const owner = await ownerAt({ hosts }, target.host);
    const resource = owner?.host.resources.find(({ line }) => line === target.line);
    return owner && { ...owner, ...(resource ? { resource } : {}) };
  }
  if (target !== undefined && !(target instanceof Uri)) return undefined;
  const uri = target ?? window.activeTextEditor?.document.uri;
  if (!uri) return undefined;
  if (fileKind(uri.path) !== 'definition') return await ownerAt({ hosts }, uri);
  const owner = await ownerOfDefinition({ hosts }, uri);
  return owner && { ...owner, isDefinition: true };
}

/** The one that was meant, or the choice of the user. Rejects with UserError where there is none. */
export async function chooseResource({ resource, host }: HostTarget, title: string): Promise<HostedResource> {
  const [only] = host.resources;
  if (resource) return resource;
  if (!only) throw new UserError('not-found', `${host.path} describes no job and no state machine.`);
  if (host.resources.length === 1) return only;
  const chosen = await pickOne<HostedResource>({
    at: { title, canGoBack: false },
    placeholder: 'Which one?',
    items: host.resources.map((value) => ({
      label: `$(${value.kind === 'job' ? 'zap' : 'circuit-board'}) ${value.name ?? value.address ?? `line ${value.line}`}`,
      description: `line ${value.line}`,
      value,
    })),
  });
  if (chosen === back) throw new UserError('aborted', 'Cancelled.');
  return chosen;
}

function isLens(target: unknown): target is { readonly host: Uri; readonly line: number } {
  return (
    typeof target === 'object' &&
    target !== null &&
    'host' in target &&
    target.host instanceof Uri &&
    'line' in target &&
    typeof target.line === 'number'
  );
}
