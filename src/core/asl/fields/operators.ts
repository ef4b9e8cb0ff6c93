import { own, path, text, type FieldSpec } from './spec.ts';

const ORDERINGS = ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'] as const;

const words: Readonly<Record<(typeof ORDERINGS)[number], string>> = {
  Equals: 'equals',
  LessThan: 'is less than',
  GreaterThan: 'is greater than',
  LessThanEquals: 'is at most',
  GreaterThanEquals: 'is at least',
};

const operand = 'asl/choice-operand';

function literal(type: string): FieldSpec['value'] {
  if (type === 'Numeric') return { kind: 'number', min: -Infinity, max: Infinity };
  return type === 'Timestamp' ? { kind: 'timestamp' } : { kind: 'text' };
}

function compare(): Record<string, FieldSpec> {
  const fields: Record<string, FieldSpec> = {};
  for (const type of ['String', 'Numeric', 'Timestamp']) {
    for (const ordering of ORDERINGS) {
      const name = `${type}${ordering}`;
      const doc = `Matches when the variable is a ${type === 'Numeric' ? 'number' : type.toLowerCase()} that ${words[ordering]}`;
      fields[name] = { value: literal(type), rule: operand, doc: `${doc} this value.` };
      fields[`${name}Path`] = path('asl/choice-path', 'variable', `${doc} the value at this path.`);
    }
  }
  return fields;
}

/** The comparison operators of JSONPath Choice rules, 39 of them, by name. */
export const COMPARISONS: Readonly<Record<string, FieldSpec>> = {
  ...compare(),
  BooleanEquals: { value: { kind: 'boolean' }, rule: operand, doc: 'Matches when the variable is this boolean.' },
  BooleanEqualsPath: path('asl/choice-path', 'variable', 'Matches when the variable is the boolean at this path.'),
  StringMatches: text(
    operand,
    'Matches when the string fits the pattern; `*` stands for any characters, `\\\\*` for a star.',
  ),
  ...Object.fromEntries(
    ['IsNull', 'IsPresent', 'IsNumeric', 'IsString', 'IsBoolean', 'IsTimestamp'].map((name) => [
      name,
      { value: { kind: 'boolean' }, rule: operand, doc: `Whether the variable ${presence(name)}.` } satisfies FieldSpec,
    ]),
  ),
};

export const CONNECTIVES: Readonly<Record<string, FieldSpec>> = {
  And: own('Matches when all rules in the array match.'),
  Or: own('Matches when one of the rules in the array matches.'),
  Not: own('Matches when the rule does not.'),
};

function presence(name: string): string {
  const what = name.slice(2).toLowerCase();
  if (what === 'present') return 'exists in the input';
  return what === 'null' ? 'is null' : `is a ${what === 'numeric' ? 'number' : what}`;
}
