import { nearest } from '../../language/nearest.ts';
import { quote } from '../../language/words.ts';
import type { Links } from '../contracts/links.ts';
import type { ThingKind } from '../facts/facts.ts';
import { isTypo } from './given.ts';
import { THING_WORDS } from './misspeltName.ts';
import { at, type WorkspaceRule } from './rule.ts';

export const undefinedName: WorkspaceRule = {
  id: 'glue/undefined-name',
  severity: 'info',
  sources: [],
  docs: {
    what: 'A job, crawler, workflow or state machine that is named here is defined here, where all the others are.',
    why: 'In a workspace that defines everything else that it names, the one that is missing was most likely renamed or removed. Nothing is said where other names are not defined either, or where a definition has no name that is known from the text.',
    bad: '[{"Name": "a", "Command": {"ScriptLocation": "s3://b/a.py"}}, {"Name": "b", "Command": {"ScriptLocation": "s3://b/b.py"}}, {"Name": "nightly", "Type": "ON_DEMAND", "Actions": [{"JobName": "a"}, {"JobName": "b"}, {"JobName": "cleanup"}]}]',
    good: '[{"Name": "a", "Command": {"ScriptLocation": "s3://b/a.py"}}, {"Name": "b", "Command": {"ScriptLocation": "s3://b/b.py"}}, {"Name": "nightly", "Type": "ON_DEMAND", "Actions": [{"JobName": "a"}, {"JobName": "b"}]}]',
    aws: 'EntityNotFoundException when it is started, unless the account has it from elsewhere.',
  },
  check: ({ file, links }, report) => {
    for (const { kind, reference, spot, span } of links.mentionsIn(file)) {
      // What a function is called is mostly decided elsewhere.
      if (spot === undefined || kind === 'function' || links.definitionsOf({ kind, reference }).length > 0) continue;
      if (!isOnlyOne(kind, spot.text, links)) continue;
      const near = nearest(spot.text, links.namesOf(kind));
      if (near !== undefined && isTypo(spot.text, near, 4)) continue;
      report({
        at: at(span),
        message: `Nothing in this workspace defines the ${THING_WORDS[kind]} ${quote(spot.text)}, and everything else that it names is defined here.`,
      });
    }
  },
};

/** Whether every other name of the kind that the workspace mentions is defined in it, and all definitions have names. */
function isOnlyOne(kind: ThingKind, name: string, links: Links): boolean {
  if (links.isPartial || links.hasUnnamed(kind)) return false;
  const mentioned = links.mentionedNames(kind);
  const defined = links.namesOf(kind);
  return defined.size > 0 && [...mentioned].every((one) => one === name || defined.has(one));
}
