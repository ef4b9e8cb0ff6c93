import type { UserError } from '../../core/base/userError.ts';
import { connectionLabel, connectionName } from '../../core/connections/connection.ts';
import type { NoteNode, Section } from './node.ts';
import type { ItemFact } from '../itemFacts.ts';
import type { Row } from './present.ts';

/** Two words beside a section that is closed: the row below it says the rest. */
export function describeTrouble(error: UserError): string {
  return error.code === 'access-denied' ? 'access denied' : 'cannot be read';
}

/** One row for what could not be read: short words in the row, the whole sentence and what to do in the tooltip. */
export function presentError(error: UserError): Row {
  return {
    label: errorLabel(error),
    tooltip: [error.message, error.help].filter(Boolean).join('\n\n'),
    icon: { id: error.code === 'access-denied' ? 'lock' : 'warning', color: 'list.warningForeground' },
    collapsible: 'no',
    facts: ['failed', ...errorFacts(error)],
    ...wayOut(error),
  };
}

const retry = { id: 'sluice.retryRow', title: 'Retry' } as const;

/** What a click on the row does, where there is one thing to do. */
function wayOut(error: UserError): Pick<Row, 'description' | 'command'> {
  switch (error.code) {
    case 'untrusted-workspace':
      return { command: { id: 'workbench.trust.manage', title: 'Manage Workspace Trust' } };
    case 'sso-expired':
      return { description: 'Sign in…', command: { id: 'sluice.signIn', title: 'Sign In' } };
    case 'credentials-missing':
    case 'credentials-expired':
    case 'profile-invalid':
      return { description: 'Choose profile…', command: { id: 'sluice.addConnection', title: 'Choose Profile' } };
    case 'mfa-refused':
      return { description: 'Enter code…', command: retry };
    case 'aborted':
      return { description: 'Connect…', command: retry };
    case 'network':
      return { description: error.message, command: retry };
    default:
      return {};
  }
}

function errorLabel(error: UserError): string {
  // The row stands under the profile's name, and the words that matter must not be cut off.
  switch (error.code) {
    case 'access-denied':
      return error.details.iamAction === undefined ? error.message : `Access denied: ${error.details.iamAction}`;
    case 'sso-expired':
      return 'Sign-in has expired';
    case 'mfa-refused':
      return 'MFA code not accepted';
    case 'aborted':
      return 'Not connected';
    case 'network':
      return 'No connection';
    default:
      return error.message;
  }
}

function errorFacts(error: UserError): readonly ItemFact[] {
  switch (error.code) {
    case 'access-denied':
      return error.details.iamAction === undefined ? [] : ['denied'];
    case 'credentials-missing':
    case 'credentials-expired':
    case 'profile-invalid':
      return ['chooseProfile'];
    case 'sso-expired':
      return ['signedOut'];
    default:
      return [];
  }
}

const things = {
  jobs: 'Glue jobs',
  workflows: 'Glue workflows',
  machines: 'state machines',
} satisfies Record<Section, string>;

/** Rows where there is nothing, with what to do about it. */
export function presentNote(node: NoteNode): Row {
  const { connection, note, parent } = node;
  const info = { icon: { id: 'info' }, collapsible: 'no', facts: [] } as const;
  switch (note) {
    case 'empty': {
      const thing = things[parent.section];
      if (connection.kind !== 'local') {
        const label = `No ${thing} in ${connection.region} of ${connectionName(connection)}.`;
        return { ...info, label, description: 'Switch connection…', command: switchConnection };
      }
      return {
        ...info,
        label: `No ${thing} on Local yet.`,
        description: 'Deploy the workspace',
        tooltip: 'Deploys the definitions, job configs, scripts and data files of the workspace to Local.',
        command: { id: 'sluice.deployToLocal', title: 'Deploy Workspace to Local' },
      };
    }
    case 'noMatch':
      return {
        ...info,
        label: `No ${things[parent.section]} match the filter.`,
        description: 'Clear filter',
        command: { id: 'sluice.clearPipelinesFilter', title: 'Clear Filter' },
      };
    case 'neverRan':
      return { ...info, label: 'Not run yet.' };
    case 'expressUnlisted':
      return {
        ...info,
        label: 'AWS lists no Express executions.',
        description: 'What was started here:',
        tooltip: `Step Functions keeps no list of Express executions in ${connectionLabel(connection)}. Their history is in CloudWatch Logs where the state machine logs; what was started here is shown below.`,
      };
  }
}

const switchConnection = { id: 'sluice.switchConnection', title: 'Switch Connection' } as const;
