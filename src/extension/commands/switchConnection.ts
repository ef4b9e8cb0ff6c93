import { commands, QuickPickItemKind } from 'vscode';
import { connectionLabel, type Connection } from '../../core/connections/connection.ts';
import type { App } from '../app.ts';
import type { CommandId } from '../commands.ts';
import { back, pickOne, type Choice } from '../prompts/steps.ts';

type Answer = { readonly use: Connection } | { readonly run: CommandId };

/** The status bar's menu: another connection of this workspace, or what can be done about connections. */
export async function switchConnection({ connections }: Pick<App, 'connections'>): Promise<void> {
  const { all, active } = connections;
  const connected = all.map((connection): Choice<Answer> => {
    const facts = [
      connection.id === active?.id ? 'active' : '',
      connections.isProtected(connection) ? 'PROTECTED' : '',
      connection.kind === 'local' ? 'on this machine' : (connections.accountId(connection) ?? ''),
    ];
    return {
      label: `$(${connection.kind === 'local' ? 'vm' : 'plug'}) ${connectionLabel(connection)}`,
      description: facts.filter(Boolean).join(' · '),
      value: { use: connection },
    };
  });
  const action = (icon: string, label: string, run: CommandId): Choice<Answer> => ({
    label: `$(${icon}) ${label}`,
    value: { run },
  });
  const answer = await pickOne<Answer>({
    at: { title: 'Switch Connection', canGoBack: false },
    placeholder: 'Which connection should Sluice work with?',
    items: [
      ...connected,
      ...(all.length > 0 ? [{ label: '', kind: QuickPickItemKind.Separator }] : []),
      ...(all.some(({ kind }) => kind === 'local')
        ? []
        : [action('vm', 'Use Local (no AWS account)', 'sluice.useLocal')]),
      action('add', 'Add Connection…', 'sluice.addConnection'),
      ...(active && active.kind !== 'local' ? [action('globe', 'Switch Region…', 'sluice.switchRegion')] : []),
      ...(active?.kind === 'profile' ? [action('sign-in', 'Sign In…', 'sluice.signIn')] : []),
      ...(all.length > 0 ? [action('trash', 'Remove Connection…', 'sluice.removeConnection')] : []),
    ],
    isActive: (value) => 'use' in value && value.use.id === active?.id,
  });
  if (answer === back) return;
  if ('run' in answer) await commands.executeCommand(answer.run);
  else await connections.use(answer.use);
}
