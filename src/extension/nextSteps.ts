import type { UserError } from '../core/base/userError.ts';
import { profileConnection } from '../core/connections/connection.ts';
import { policyStatement } from '../core/connections/policyStatement.ts';
import type { CommandId } from './commands.ts';

/** What a button under an error message does. */
export type NextStep = { readonly title: string } & (
  | { readonly kind: 'retry' }
  | {
      readonly kind: 'command';
      readonly command: CommandId | 'workbench.trust.manage';
      readonly args: readonly unknown[];
    }
  | { readonly kind: 'open'; readonly file: string; readonly line?: number }
  | { readonly kind: 'copy'; readonly text: string }
);

/** The buttons that an error is shown with, the most useful first. */
export function nextSteps(error: UserError): readonly NextStep[] {
  const { file, line, iamAction, resourceArn, profile, region } = error.details;
  switch (error.code) {
    case 'access-denied':
      return [
        ...(iamAction === undefined
          ? []
          : [{ title: 'Copy Policy Statement', kind: 'copy' as const, text: policyStatement(iamAction, resourceArn) }]),
        toCommand('Switch Connection', 'sluice.switchConnection'),
      ];
    case 'sso-expired':
      return [
        profile === undefined || region === undefined
          ? toCommand('Sign In', 'sluice.signIn')
          : toCommand('Sign In', 'sluice.signIn', profileConnection(profile, region).id),
      ];
    case 'credentials-expired':
    case 'credentials-missing':
      return [{ title: 'Try Again', kind: 'retry' }, toCommand('Choose Profile…', 'sluice.addConnection')];
    case 'untrusted-workspace':
      return [toCommand('Manage Workspace Trust', 'workbench.trust.manage')];
    case 'mfa-refused':
      return [{ title: 'Try Again', kind: 'retry' }];
    case 'network':
    case 'throttled':
      return [{ title: 'Retry Now', kind: 'retry' }];
    case 'unexpected':
    case 'process-failed':
      return [toCommand('Show Log', 'sluice.showLog')];
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

type CommandStep = Extract<NextStep, { kind: 'command' }>;

function toCommand(title: string, command: CommandStep['command'], ...args: readonly unknown[]): CommandStep {
  return { title, kind: 'command', command, args };
}
