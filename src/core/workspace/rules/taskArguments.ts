import { specialParameter } from '../../glue/facts/parameters.ts';
import { argumentName, meantParameter, misspeltArgument, reservedArgument } from '../../glue/rules/arguments/names.ts';
import { didYouMean, quote } from '../../language/words.ts';
import type { GivenArgument } from '../facts/facts.ts';
import { at, replaceSpan, type WorkspaceRule, type WorkspaceSubject } from './rule.ts';

/** What tasks and operators pass, which the rules about Glue configs do not see. */
function* givenByTasks({ file }: WorkspaceSubject): Generator<GivenArgument> {
  for (const { by, given } of file.starts) if (by === 'task' || by === 'operator') yield* given;
}

const info = ({ id, severity, sources, docs }: WorkspaceRule | typeof argumentName) => ({
  id,
  severity,
  sources,
  docs,
});

export const taskArgumentName: WorkspaceRule = {
  ...info(argumentName),
  check: (subject, report) => {
    for (const { written, name, key, spot } of givenByTasks(subject)) {
      if (written.startsWith('--') || name === '') continue;
      const isSpecial = specialParameter(`--${name}`) !== undefined;
      report({
        at: at(key),
        message: isSpecial
          ? `Glue reads --${name}, with two dashes, not ${quote(written)}.`
          : `Arguments begin with two dashes: getResolvedOptions does not find ${quote(written)}.`,
        ...(!isSpecial && { severity: 'warning' as const }),
        fixes: spot.isLiteral
          ? [
              replaceSpan(
                `Change to --${name}`,
                { start: spot.start - (written.length - name.length), end: spot.end },
                `--${name}`,
              ),
            ]
          : [],
      });
    }
  },
};

export const taskReservedArgument: WorkspaceRule = {
  ...info(reservedArgument),
  check: (subject, report) => {
    for (const { name, key } of givenByTasks(subject)) {
      if (specialParameter(`--${name}`)?.isReserved !== true) continue;
      const isInternal = /^(?:debug|mode|endpoint)$/.test(name);
      report({
        at: at(key),
        message: isInternal
          ? `--${name} is internal to Glue: choose another name.`
          : `--${name} is set by Glue when a run starts: what is given here is overwritten.`,
        ...(!isInternal && { severity: 'warning' as const }),
      });
    }
  },
};

export const taskMisspeltArgument: WorkspaceRule = {
  ...info(misspeltArgument),
  check: (subject, report) => {
    for (const { name, key, spot } of givenByTasks(subject)) {
      const meant = meantParameter(`--${name}`);
      if (meant === undefined) continue;
      report({
        at: at(key),
        message: `Glue has no parameter --${name} and ignores it.${meant === '' ? '' : didYouMean(meant)}`,
        fixes: meant === '' || !spot.isLiteral ? [] : [replaceSpan(`Change to ${meant}`, spot, meant.slice(2))],
      });
    }
  },
};
