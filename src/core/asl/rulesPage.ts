import { ASL_RULES } from './rules/index.ts';
import type { AslRule } from './rules/rule.ts';

/** The page `docs/rules.md`: every rule with what it says, why, examples, and what AWS does. */
export function rulesPage(): string {
  const rows = ASL_RULES.map(
    (rule) =>
      `| [\`${rule.id}\`](#${anchor(rule.id)}) | ${rule.severity} | ${languages(rule)} | ${cell(rule.docs.what)} |`,
  );
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
    ...ASL_RULES.flatMap(section),
  ].join('\n');
}

function section(rule: AslRule): string[] {
  const { id, severity, sources, docs } = rule;
  return [
    `## ${id}`,
    '',
    docs.what,
    '',
    `Why: ${docs.why}`,
    '',
    `Default: ${severity}. Query language: ${languages(rule)}.${states(rule)} Source: ${sources.join(', ')}.`,
    '',
    'Bad:',
    '',
    ...example(docs.bad),
    '',
    'Good:',
    '',
    ...example(docs.good),
    '',
    `AWS: ${docs.aws}`,
    '',
  ];
}

function languages(rule: AslRule): string {
  return rule.subject === 'state' && rule.language !== undefined ? rule.language : 'both';
}

function states(rule: AslRule): string {
  if (rule.subject !== 'state' || rule.types === undefined) return '';
  return ` State types: ${rule.types.join(', ')}.`;
}

/** JSON laid out over lines where it is JSON; YAML and shortened examples as they are. */
function example(text: string): string[] {
  try {
    return ['```json', JSON.stringify(JSON.parse(text), undefined, 2), '```'];
  } catch {
    return ['```', text, '```'];
  }
}

function anchor(id: string): string {
  return id.replaceAll(/[^a-z0-9-]/g, '');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
