import type { RuleInfo } from './rule.ts';

/** One rule's row of a Markdown table: its link, severity, `more` cells, and what it says. */
export function ruleRow({ id, severity, docs }: RuleInfo, more: readonly string[] = []): string {
  return `| ${[`[\`${id}\`](#${anchor(id)})`, severity, ...more, cell(docs.what)].join(' | ')} |`;
}

/** The table of rules without cells of their own, and a section for each. */
export function rulesChapter(rules: readonly RuleInfo[]): string[] {
  return [
    '| Rule | Default | What it says |',
    '| --- | --- | --- |',
    ...rules.map((rule) => ruleRow(rule)),
    '',
    ...rules.flatMap((rule) => ruleSection(rule)),
  ];
}

/** The section of a rule; `facts` stand between its default severity and its source. */
export function ruleSection({ id, severity, sources, docs }: RuleInfo, facts = ''): string[] {
  const source = sources.length === 0 ? '' : ` Source: ${sources.join(', ')}.`;
  return [
    `## ${id}`,
    '',
    docs.what,
    '',
    `Why: ${docs.why}`,
    '',
    `Default: ${severity}.${facts}${source}`,
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
