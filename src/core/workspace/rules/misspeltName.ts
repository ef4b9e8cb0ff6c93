import { nearest } from '../../language/nearest.ts';
import { didYouMean, quote } from '../../language/words.ts';
import type { ThingKind } from '../facts/facts.ts';
import { isTypo } from './given.ts';
import { at, otherFile, replaceSpan, type WorkspaceRule } from './rule.ts';

export const THING_WORDS: Readonly<Record<ThingKind, string>> = {
  job: 'job',
  crawler: 'crawler',
  workflow: 'workflow',
  trigger: 'trigger',
  stateMachine: 'state machine',
  function: 'function',
};

export const misspeltName: WorkspaceRule = {
  id: 'glue/misspelt-name',
  severity: 'warning',
  sources: [],
  docs: {
    what: 'A job, crawler, workflow, state machine or function is named as the workspace defines it.',
    why: 'A name that is nearly that of something in the workspace is most likely meant to be it. What is only in the account is never complained of.',
    bad: '[{"Name": "load-orders", "Command": {"ScriptLocation": "s3://b/load.py"}}, {"Name": "nightly", "Type": "ON_DEMAND", "Actions": [{"JobName": "laod-orders"}]}]',
    good: '[{"Name": "load-orders", "Command": {"ScriptLocation": "s3://b/load.py"}}, {"Name": "nightly", "Type": "ON_DEMAND", "Actions": [{"JobName": "load-orders"}]}]',
    aws: 'EntityNotFoundException when it is started.',
  },
  check: ({ file, links }, report) => {
    for (const { kind, reference, spot, span } of links.mentionsIn(file)) {
      if (spot === undefined || links.definitionsOf({ kind, reference }).length > 0) continue;
      const name = spot.text;
      const near = nearest(name, links.namesOf(kind));
      if (near === undefined || !isTypo(name, near, 4)) continue;
      const definitions = links.definitionsOf({ kind, reference: `name:${near}` });
      report({
        at: at(span),
        message: `The workspace has no ${THING_WORDS[kind]} ${quote(name)}.${didYouMean(near)}`,
        related: definitions.slice(0, 3).map((one) => ({
          at: at(one.it.anchor),
          message: `${near} is defined here.`,
          file: otherFile(one.file),
        })),
        fixes: spot.isLiteral ? [replaceSpan(`Change to "${near}"`, spot, near)] : [],
      });
    }
  },
};
