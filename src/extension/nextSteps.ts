import type { UserError } from '../core/base/userError.ts';
import { policyStatement } from '../core/connections/policyStatement.ts';
import type { CommandId } from './commands.ts';

/** What a button under an error message does. */
export type NextStep = { readonly title: string } & (
  | { readonly kind: 'retry' }
  | { readonly kind: 'command'; readonly command: CommandId; readonly args: readonly unknown[] }
  | { readonly kind: 'open'; readonly file: string; readonly line?: number }
  | { readonly kind: 'copy'; readonly text: string }
);

/** The buttons that an error is shown with, the most useful first. */
export function nextSteps(error: UserError): readonly NextStep[] {
  const { file, line, iamAction, resourceArn } = error.details;
  switch (error.code) {
    case 'access-denied':
      return iamAction
        ? [{ title: 'Copy Policy Statement', kind: 'copy', text: policyStatement(iamAction, resourceArn) }]
        : [];
    case 'network':
    case 'throttled':
      return [{ title: 'Retry Now', kind: 'retry' }];
    case 'unexpected':
    case 'process-failed':
      return [{ title: 'Show Log', kind: 'command', command: 'sluice.showLog', args: [] }];
    case 'aborted':
      return [];
    default:
      return file === undefined
        ? []
        : [
            line === undefined
              ? { title: 'Open File', kind: 'open', file }
              : { title: 'Go to Line', kind: 'open', file, line },
          ];
  }
}
