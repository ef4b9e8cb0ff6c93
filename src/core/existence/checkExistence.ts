import type { AslDefinition } from '../asl/index.ts';
import type { GlueDocument } from '../glue/index.ts';
import { nearest } from '../language/nearest.ts';
import { toFindings, type Finding, type FindingOptions } from '../language/rules/findings.ts';
import type { RuleInfo, RuleProblem } from '../language/rules/rule.ts';
import { didYouMean, quote } from '../language/words.ts';
import { KIND_TITLES, type InventorySnapshot } from './inventory.ts';
import { mentionsInDefinition, mentionsInGlue, type Mention } from './mentions.ts';

/** Not in the table of rules, which need nothing but the text; its severity is set in `sluice.rules` all the same. */
const existence: RuleInfo = {
  id: 'sluice/not-found',
  severity: 'warning',
  sources: ['Z01', 'Z02'],
  docs: {
    what: 'Jobs, workflows, crawlers and state machines that are named exist in the account of the active connection.',
    why: 'What does not exist cannot be started. An inventory of the account says what there is; without one nothing is said.',
    bad: '{"Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "laod-orders"}}',
    good: '{"Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "load-orders"}}',
    aws: 'EntityNotFoundException when the task runs.',
  },
};

/** What is named and not in the inventory, with the name that is nearest to it. Kinds that were not listed say nothing. */
function checkExistence(
  mentions: readonly Mention[],
  { place, region, accountId, kinds }: InventorySnapshot,
): RuleProblem[] {
  return mentions.flatMap((mention): RuleProblem[] => {
    const known = kinds[mention.kind];
    const { name, node } = mention;
    if (known === undefined) return [];
    const isElsewhere = (mine: string | undefined, its: string | undefined): boolean =>
      mine !== undefined && its !== undefined && mine !== '' && mine !== its;
    if (isElsewhere(mention.region, region) || isElsewhere(mention.accountId, accountId)) return [];
    if (known.names.has(name)) return [];
    const meant = nearest(name, known.names);
    const listed = new Date(known.asOfMs).toISOString().slice(0, 16).replace('T', ' ');
    return [
      {
        rule: existence,
        at: node,
        message: `There is no ${KIND_TITLES[mention.kind]} ${quote(name)} in ${place}, as listed at ${listed} UTC.${didYouMean(meant)}`,
        fixes:
          meant === undefined
            ? []
            : [
                {
                  title: `Change to ${quote(meant)}`,
                  isSafe: false,
                  edits: [{ kind: 'replaceString', node, value: node.value.replace(name, () => meant) }],
                },
              ],
      },
    ];
  });
}

/** What is checked: the definitions that a document is or holds, and its Glue configs. */
export interface Checked {
  readonly definitions: readonly AslDefinition[];
  readonly glue: GlueDocument | undefined;
}

/** As findings, in the order of the text, what a document names and the account has not. */
export function existenceFindings(
  { definitions, glue }: Checked,
  inventory: InventorySnapshot,
  options: FindingOptions,
): Finding[] {
  const found = definitions.flatMap((definition) =>
    toFindings(checkExistence(mentionsInDefinition(definition), inventory), definition.tree, definition.lines, options),
  );
  if (glue === undefined) return found;
  const problems = checkExistence(mentionsInGlue(glue.file), inventory);
  return [...found, ...toFindings(problems, glue.tree, glue.lines, options)];
}
