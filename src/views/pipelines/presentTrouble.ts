import type { UserError } from '../../core/base/userError.ts';
import { connectionLabel, connectionName } from '../../core/connections/connection.ts';
import type { NoteNode, Section } from './node.ts';
import type { ItemFact } from '../itemFacts.ts';
import type { Row } from './present.ts';

/** One row for what could not be read: short words in the row, the whole sentence and what to do in the tooltip. */
export function presentError(error: UserError): Row {
  return {
    label: errorLabel(error),
    tooltip: [error.message, error.help].filter(Boolean).join('\n\n'),
    icon: { id: error.code === 'access-denied' ? 'lock' : 'warning', color: 'list.warningForeground' },
    collapsible: 'no',
    facts: ['failed', ...errorFacts(error)],
    ...(error.code === 'untrusted-workspace' ? { command: manageTrust } : {}),
  };
}

const manageTrust = { id: 'workbench.trust.manage', title: 'Manage Workspace Trust' } as const;

function errorLabel(error: UserError): string {
  if (error.code === 'access-denied' && error.details.iamAction) return `Access denied: ${error.details.iamAction}`;
  // The row stands under the profile's name, and the words that matter must not be cut off.
  if (error.code === 'sso-expired') return 'Sign-in has expired';
  return error.message;
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
