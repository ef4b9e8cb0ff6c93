import type { AslDefinition } from '../asl/index.ts';
import type { GlueDocument } from '../glue/index.ts';
import { partitionOfRegion } from '../language/arn.ts';
import { toFindings, type Finding, type FindingOptions } from '../language/rules/findings.ts';
import { checkMachineRole, checkNeeds } from './checkDetails.ts';
import { checkMentions } from './checkExistence.ts';
import { mentionsInGlue } from './glueMentions.ts';
import type { InventorySnapshot } from './inventory.ts';
import { mentionsInDefinition } from './mentions.ts';
import { needsOfDefinition, needsOfGlue, type Need, type Place } from './needs.ts';

/** What is checked: the definitions that a document is or holds, and its Glue configs. */
export interface Checked {
  readonly definitions: readonly AslDefinition[];
  readonly glue: GlueDocument | undefined;
  /** The state machine that the document describes by its own name; absent for templates and programs. */
  readonly machineName?: string | undefined;
}

/** As findings, in the order of the text, what a document names and the account has not, or has otherwise. */
export function existenceFindings(checked: Checked, inventory: InventorySnapshot, options: FindingOptions): Finding[] {
  const { definitions, glue } = checked;
  const found = definitions.flatMap((definition) => {
    const mentioned = checkMentions(mentionsInDefinition(definition), inventory);
    const denied = checkNeeds(definitionNeeds(definition, checked, inventory), inventory);
    const trust = checkMachineRole(definition, roleOf(checked, inventory), inventory);
    return toFindings([...mentioned, ...denied, ...trust], definition.tree, definition.lines, options);
  });
  if (glue === undefined) return found;
  const problems = [
    ...checkMentions(mentionsInGlue(glue), inventory),
    ...checkNeeds(glueNeeds(glue, inventory), inventory),
  ];
  return [...found, ...toFindings(problems, glue.tree, glue.lines, options)];
}

/** What the role of the deployed machine must be allowed to do, where that is known. */
export function definitionNeeds(
  definition: AslDefinition,
  { machineName }: Pick<Checked, 'machineName'>,
  inventory: InventorySnapshot,
): readonly Need[] {
  const place = placeOf(inventory);
  const role = roleOf({ machineName }, inventory);
  return place === undefined || role === undefined ? [] : needsOfDefinition(definition, role, place);
}

/** The name of the role that the deployed machine of the document's own name runs as. */
function roleOf({ machineName }: Pick<Checked, 'machineName'>, { kinds }: InventorySnapshot): string | undefined {
  const machine = machineName === undefined ? undefined : kinds.stateMachine?.details?.get(machineName);
  return machine?.roleArn?.split('/').at(-1);
}

export function glueNeeds(glue: GlueDocument, inventory: InventorySnapshot): readonly Need[] {
  const place = placeOf(inventory);
  return place === undefined ? [] : needsOfGlue(glue, place);
}

/** Whose ARNs the names of an inventory stand for, where it says so. */
export function placeOf({ region, accountId }: InventorySnapshot): Place | undefined {
  if (region === undefined || accountId === undefined) return undefined;
  return { partition: partitionOfRegion(region), region, accountId };
}
