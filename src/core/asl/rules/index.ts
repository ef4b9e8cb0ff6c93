import { severalDocuments, syntax, tooDeep } from './document/syntax.ts';
import { endlessCycle, noTerminalState, unreachableState } from './flow/reachability.ts';
import { endValue, nextAndEnd, nextText, transitionNotAllowed, transitionRequired } from './flow/transitions.ts';
import {
  jumpBetweenScopes,
  unknownCatchNext,
  unknownChoiceNext,
  unknownDefault,
  unknownNext,
  unknownStartAt,
} from './flow/unknownTarget.ts';
import type { AslRule } from './rule.ts';

/** Every rule about definitions, in the order of the rule catalogue. */
export const ASL_RULES: readonly AslRule[] = [
  syntax,
  tooDeep,
  severalDocuments,
  unknownStartAt,
  unknownNext,
  unknownDefault,
  unknownChoiceNext,
  unknownCatchNext,
  jumpBetweenScopes,
  unreachableState,
  noTerminalState,
  nextAndEnd,
  transitionRequired,
  endValue,
  nextText,
  transitionNotAllowed,
  endlessCycle,
];

/** Our codes to the ids of the rule catalogue. */
export const codeToRule: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  ASL_RULES.map(({ id, sources }) => [id, sources]),
);
