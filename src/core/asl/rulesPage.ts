import { ruleRow, ruleSection } from '../language/rules/page.ts';
import { ASL_RULES } from './rules/index.ts';
import type { AslRule } from './rules/rule.ts';

/** The part of `docs/rules.md` about definitions: every rule with what it says, why, examples, and what AWS does. */
export function aslRulesPage(): string {
  const rows = ASL_RULES.map((rule) => ruleRow(rule, [languages(rule)]));
  return [
    '# Rules for state machine definitions',
    '',
    'The setting `sluice.rules` gives a rule another severity, or turns it off:',
    '',
    '```json',
    '{ "sluice.rules": { "asl/choice-without-default": "warning", "asl/direct-lambda": "off" } }',
    '```',
    '',
    'A single finding is ignored by `sluice-ignore: rule` in a comment above its line (YAML), or in the `Comment` field of',
    'the state or of the definition (JSON): `"Comment": "Waits for a person. sluice-ignore: wait-without-timeout"`.',
    '',
    'The ids under "Source" are those of the rule catalogue that the rules were written from. Examples show the part of a',
    'definition that matters.',
    '',
    '| Rule | Default | Query language | What it says |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    ...ASL_RULES.flatMap((rule) => ruleSection(rule, ` Query language: ${languages(rule)}.${states(rule)}`)),
  ].join('\n');
}

function languages(rule: AslRule): string {
  return rule.subject === 'state' && rule.language !== undefined ? rule.language : 'both';
}

function states(rule: AslRule): string {
  if (rule.subject !== 'state' || rule.types === undefined) return '';
  return ` State types: ${rule.types.join(', ')}.`;
}
