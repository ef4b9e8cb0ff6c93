import * as vscode from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel, type Connection } from '../../core/connections/connection.ts';
import { askText } from './steps.ts';

/** What is about to happen, for instance `Start`, `orders-pipeline`. */
export interface ProtectedAction {
  /** An imperative: Start, Upload, Deploy. */
  readonly verb: string;
  /** Name of the job, workflow, machine or object, which the user types. */
  readonly name: string;
}

/** Decides whether a connection is protected; it may have to ask who the caller is. */
export type AskProtected = (connection: Connection) => Promise<boolean>;

/**
 * Before anything is started, uploaded or changed: on a protected connection the user types the name of the thing.
 * Resolves when it may go on; rejects with `aborted` when the user leaves.
 */
export async function confirmProtected(
  connection: Connection,
  action: ProtectedAction,
  askProtected: AskProtected,
): Promise<void> {
  if (!(await askProtected(connection))) return;
  await askText({
    at: { title: `${action.verb} in ${connectionLabel(connection)} (PROTECTED)`, canGoBack: false },
    prompt: `${connectionLabel(connection)} is protected. Type ${action.name} to ${action.verb.toLowerCase()} it there.`,
    placeholder: action.name,
    problemOf: (text) =>
      text.trim() === action.name ? undefined : `Type ${action.name}, or press Escape to leave it.`,
  });
}

/** Before a run is stopped: on a protected connection a plain question. Rejects with `aborted` when the user leaves. */
export async function confirmStop(connection: Connection, name: string, askProtected: AskProtected): Promise<void> {
  if (!(await askProtected(connection))) return;
  const stop = 'Stop Run';
  const answer = await vscode.window.showWarningMessage(
    `Stop ${name} in ${connectionLabel(connection)}?`,
    { modal: true, detail: 'This connection is protected.' },
    stop,
  );
  if (answer !== stop) throw new UserError('aborted', 'Cancelled.');
}
