/** A member of the context object and what is in it; `open` members hold the user's own data. */
export interface ContextMember {
  readonly doc: string;
  readonly members?: Readonly<Record<string, ContextMember>>;
  readonly isOpen?: true;
}

const leaf = (doc: string): ContextMember => ({ doc });
const open = (doc: string): ContextMember => ({ doc, isOpen: true });

/** The context object: `$$` in JSONPath, `$states.context` in JSONata (developer guide, "Context object"). */
export const CONTEXT: ContextMember = {
  doc: 'What Step Functions knows about the execution.',
  members: {
    Execution: {
      doc: 'The execution.',
      members: {
        Id: leaf('ARN of the execution.'),
        Input: open('The input of the execution.'),
        Name: leaf('Name of the execution.'),
        RoleArn: leaf('ARN of the role it runs with.'),
        StartTime: leaf('When it began, ISO 8601.'),
        RedriveCount: leaf('How often it was redriven.'),
        RedriveTime: leaf('When it was last redriven, ISO 8601.'),
      },
    },
    State: {
      doc: 'The current state.',
      members: {
        EnteredTime: leaf('When the state was entered, ISO 8601.'),
        Name: leaf('Name of the state.'),
        RetryCount: leaf('How often it was retried.'),
      },
    },
    StateMachine: {
      doc: 'The state machine.',
      members: { Id: leaf('ARN of the state machine.'), Name: leaf('Name of the state machine.') },
    },
    Task: { doc: 'The task.', members: { Token: leaf('The token of a task that waits for a callback.') } },
    Map: {
      doc: 'The Map around.',
      members: {
        Item: {
          doc: 'The current item.',
          members: {
            Index: leaf('Its index, from 0.'),
            Value: open('The item.'),
            Key: leaf('Its name, when the items are the fields of an object.'),
            Source: leaf('Where it was read from.'),
          },
        },
      },
    },
  },
};

/** The first step of a path into the context object that is not there, with the names that are. */
export function unknownContextStep(
  steps: readonly (string | number | undefined)[],
): { readonly index: number; readonly names: readonly string[] } | undefined {
  let current = CONTEXT;
  for (const [index, step] of steps.entries()) {
    if (current.isOpen === true || typeof step !== 'string') return undefined;
    const { members } = current;
    const next = members !== undefined && Object.hasOwn(members, step) ? members[step] : undefined;
    if (next === undefined) return { index, names: Object.keys(members ?? {}) };
    current = next;
  }
  return undefined;
}
