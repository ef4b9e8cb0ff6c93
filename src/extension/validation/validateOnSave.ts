import { workspace, type TextDocument } from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { Log } from '../../core/base/log.ts';
import { toUserError } from '../../core/base/userError.ts';
import type { AslDefinition } from '../../core/asl/index.ts';
import type { Connections } from '../../views/connections.ts';
import { showWarning } from '../prompts/notify.ts';
import type { Settings } from '../settings.ts';
import type { AwsFindings } from './awsFindings.ts';
import type { SaveValidator } from './saveValidator.ts';

interface ValidateOnSaveParts {
  readonly connections: Connections;
  readonly settings: Settings;
  readonly awsFindings: AwsFindings;
  readonly clock: Clock;
  readonly log: Log;
}

/** Where the user asked for it: what AWS says of definitions, as they are saved. */
export function validateOnSave(parts: ValidateOnSaveParts): Disposable {
  const store = new DisposableStore();
  let validator: Promise<SaveValidator> | undefined;
  const load = async (): Promise<SaveValidator> => {
    const { SaveValidator } = await import('./saveValidator.ts');
    return store.add(
      new SaveValidator({
        clock: parts.clock,
        account: async (signal) => {
          const { active } = parts.connections;
          if (!active || active.kind === 'local' || !workspace.isTrusted) return undefined;
          return (await parts.connections.account(active, signal)).stepFunctions;
        },
        onFailed: (error) => {
          const { message, help } = toUserError(error);
          parts.log.warn(`A saved definition was not validated on AWS: ${message}`);
          void showWarning(`Not validated on AWS: ${message} ${help}`.trim());
        },
      }),
    );
  };
  store.add(
    workspace.onDidSaveTextDocument((document) => {
      const { active } = parts.connections;
      if (!parts.settings.get('validation.onAwsWhenSaved') || !active || active.kind === 'local') return;
      validator ??= load();
      // What is typed while the rest is read counts for the next save.
      const { version } = document;
      const text = document.getText();
      void Promise.all([validator, definitionsOf(document, text)]).then(([ready, definitions]) => {
        if (definitions.length === 0) return;
        ready.saved({
          uri: document.uri.toString(),
          definitions,
          // What was typed meanwhile moved the places; the next save asks again.
          show: (found) => {
            if (document.version === version && !document.isClosed) parts.awsFindings.show(document, found);
          },
        });
      });
    }),
  );
  return store;
}

async function definitionsOf(document: TextDocument, text: string): Promise<readonly AslDefinition[]> {
  const { definitionsIn, holdsDefinitions } = await import('../../core/asl/index.ts');
  const { languageId, fileName } = document;
  const isDefinition = /^asl(?:-yaml)?$/.test(languageId) || /\.asl(?:\.json|\.ya?ml)?$/i.test(fileName);
  return isDefinition || holdsDefinitions(text, { languageId, fileName })
    ? definitionsIn(text, { languageId, fileName })
    : [];
}
