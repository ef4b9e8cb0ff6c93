import { mentionsInGlue } from './glueMentions.ts';
import { definitionNeeds, glueNeeds, type Checked } from './findings.ts';
import type { InventorySnapshot } from './inventory.ts';
import type { ResourceKind } from './kinds.ts';
import { mentionsInDefinition, type Mention } from './mentions.ts';
import type { Need } from './needs.ts';

/** Something to ask about one resource, beside listing its kind. */
export type Question =
  | { readonly ask: 'qualifiers'; readonly kind: 'lambdaFunction' | 'stateMachine'; readonly name: string }
  /** Whether it is there, and who may assume it: for accounts whose roles cannot be listed. */
  | { readonly ask: 'role'; readonly name: string }
  /** Whether there is such a bucket anywhere. */
  | { readonly ask: 'bucket'; readonly name: string }
  /** The role of a machine. */
  | { readonly ask: 'machine'; readonly name: string }
  | {
      readonly ask: 'permission';
      readonly role: string;
      readonly actions: readonly string[];
      readonly resource: string;
    };

/** What has to be known of an account to check a document. */
export interface Questions {
  readonly kinds: readonly ResourceKind[];
  /** Those of which a name is mentioned that the inventory lacks. */
  readonly unknown: readonly ResourceKind[];
  readonly about: readonly Question[];
}

/** What a document wants to know, as far as the inventory says of whom; the machine of its own name is asked for first. */
export function questionsOf(checked: Checked, inventory: InventorySnapshot | undefined): Questions {
  const { definitions, glue, machineName } = checked;
  const mentions = [
    ...definitions.flatMap((definition) => mentionsInDefinition(definition)),
    ...(glue ? mentionsInGlue(glue) : []),
  ];
  const isMachine = machineName !== undefined && definitions.length > 0;
  const kinds = new Set(mentions.flatMap(({ kind, due }) => [kind, due]));
  if (isMachine && mentions.length > 0) kinds.add('stateMachine');
  const about = mentions.flatMap(questionsAbout);
  if (isMachine && inventory?.kinds.stateMachine?.names.has(machineName) === true) {
    about.push({ ask: 'machine', name: machineName });
  }
  if (inventory !== undefined) {
    const needs = [
      ...definitions.flatMap((definition) => definitionNeeds(definition, checked, inventory)),
      ...(glue ? glueNeeds(glue, inventory) : []),
    ];
    about.push(...permissions(needs));
  }
  const unknown = mentions.filter(({ kind, name }) => inventory?.kinds[kind]?.names.has(name) !== true);
  return {
    kinds: [...kinds],
    unknown: [...new Set(unknown.map(({ kind }) => kind))],
    about: [...new Map(about.map((one) => [JSON.stringify(one), one])).values()],
  };
}

function questionsAbout({ kind, name, qualifier }: Mention): Question[] {
  if (kind === 'iamRole') return [{ ask: 'role', name }];
  if (kind === 's3Bucket') return [{ ask: 'bucket', name }];
  if ((kind === 'lambdaFunction' || kind === 'stateMachine') && qualifier !== undefined && !qualifier.startsWith('$')) {
    return [{ ask: 'qualifiers', kind, name }];
  }
  return [];
}

/** One question for each role and resource. */
function permissions(needs: readonly Need[]): Question[] {
  const found = new Map<string, { readonly role: string; readonly resource: string; readonly actions: Set<string> }>();
  for (const { role, resource, action } of needs) {
    const key = `${role} ${resource}`;
    const one = found.get(key) ?? { role, resource, actions: new Set() };
    one.actions.add(action);
    found.set(key, one);
  }
  return [...found.values()].map(({ role, resource, actions }) => ({
    ask: 'permission',
    role,
    actions: [...actions].sort(),
    resource,
  }));
}
