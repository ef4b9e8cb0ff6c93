import { OTHER_LANGUAGE } from '../../fields/stateForm.ts';
import type { VisitedField } from '../../fields/visit.ts';
import { isQueryLanguage, type QueryLanguage, type State } from '../../model.ts';
import { describeValue } from '../../describe.ts';
import { isOpaque } from '../../model.ts';
import type { MachineRule, StateRule } from '../rule.ts';

/** The rule that a field of the other query language breaks. */
function ruleFor({ name, owner }: VisitedField, language: QueryLanguage): string {
  if (owner.shape === 'catcher') return 'asl/catcher-field-language';
  if (name === 'Result') return 'asl/result-in-jsonata';
  if (name === 'Condition') return 'asl/condition-in-jsonpath';
  if (owner.shape === 'choiceRule' && language === 'JSONata') return 'asl/choice-condition';
  return language === 'JSONata' ? 'asl/jsonpath-field' : 'asl/jsonata-field';
}

/** What says the same in the other language, where one field does. */
const COUNTERPARTS: Readonly<Record<string, string>> = {
  Parameters: 'Arguments',
  Arguments: 'Parameters',
  ResultSelector: 'Output',
  Result: 'Output',
  OutputPath: 'Output',
  ItemsPath: 'Items',
  Items: 'ItemsPath',
};

/** Reports the fields of the other query language that break the rule `id`. */
export function checkLanguage(id: string): StateRule['check'] {
  return (state, report) => {
    for (const field of state.visit.fields) {
      const { spec, property, name } = field;
      if (spec.language === undefined || spec.language === state.queryLanguage) continue;
      if (ruleFor(field, state.queryLanguage) !== id) continue;
      const { key } = property;
      report({
        at: key,
        message: `${name} is a field of ${spec.language}, and this state uses ${state.queryLanguage}. ${advice(state, name)}`,
        fixes: [{ title: `Remove ${name}`, isSafe: false, edits: [{ kind: 'removeProperty', key }] }],
      });
    }
  };
}

function advice(state: State, name: string): string {
  const counterpart = COUNTERPARTS[name];
  if (state.isJsonata && name.endsWith('Path') && counterpart === undefined) {
    return `Use an expression instead: "${name.slice(0, -4)}": "{% … %}".`;
  }
  if (name === 'Condition') return 'Use Variable with a comparison, or set the state\'s QueryLanguage to "JSONata".';
  if (counterpart !== undefined) return `Use ${counterpart} instead.`;
  return state.isJsonata
    ? 'Use a JSONata expression instead.'
    : 'Set the state\'s QueryLanguage to "JSONata" to use it.';
}

const AWS =
  "SCHEMA_VALIDATION_FAILED: \"The QueryLanguage is set to 'JSONata', but field 'X' is only supported for the 'JSONPath' QueryLanguage\", at the object.";

function languageRule(
  id: string,
  source: string,
  language: QueryLanguage | undefined,
  docs: Pick<StateRule['docs'], 'what' | 'bad' | 'good'>,
): StateRule {
  return {
    id,
    subject: 'state',
    severity: 'error',
    sources: [source],
    fields: [OTHER_LANGUAGE],
    ...(language !== undefined && { language }),
    docs: {
      ...docs,
      why: 'Each query language has its own fields for input and output; AWS refuses a mixture.',
      aws: AWS,
    },
    check: checkLanguage(id),
  };
}

export const jsonpathField = languageRule('asl/jsonpath-field', 'N01', 'JSONata', {
  what: 'A JSONata state has no InputPath, Parameters, ResultSelector, ResultPath, OutputPath or other Path field.',
  bad: '{"QueryLanguage": "JSONata", "Type": "Pass", "InputPath": "$.detail", "End": true}',
  good: '{"QueryLanguage": "JSONata", "Type": "Pass", "Output": "{% $states.input.detail %}", "End": true}',
});

export const jsonataField = languageRule('asl/jsonata-field', 'N02', 'JSONPath', {
  what: 'A JSONPath state has no Arguments, Output or Items. States inside a Map or Parallel take the language of the machine.',
  bad: '{"Type": "Pass", "Output": "{% $states.input.detail %}", "End": true}',
  good: '{"QueryLanguage": "JSONata", "Type": "Pass", "Output": "{% $states.input.detail %}", "End": true}',
});

export const catcherFieldLanguage = languageRule('asl/catcher-field-language', 'K05', undefined, {
  what: 'A catcher has ResultPath in JSONPath states and Output in JSONata states.',
  bad: '{"ErrorEquals": ["States.ALL"], "Output": "{% $states.errorOutput %}", "Next": "Handle"}',
  good: '{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Handle"}',
});

export const conditionInJsonpath = languageRule('asl/condition-in-jsonpath', 'C08', 'JSONPath', {
  what: 'A rule of a JSONPath Choice has no Condition.',
  bad: '{"Condition": "{% $states.input.ok %}", "Next": "Load"}',
  good: '{"Variable": "$.ok", "BooleanEquals": true, "Next": "Load"}',
});

export const resultInJsonata = languageRule('asl/result-in-jsonata', 'S02', 'JSONata', {
  what: 'A JSONata Pass has Output, not Result.',
  bad: '{"QueryLanguage": "JSONata", "Type": "Pass", "Result": {"ok": true}, "End": true}',
  good: '{"QueryLanguage": "JSONata", "Type": "Pass", "Output": {"ok": true}, "End": true}',
});

export const queryLanguageDowngrade: StateRule = {
  id: 'asl/query-language-downgrade',
  subject: 'state',
  fields: ['QueryLanguage'],
  severity: 'error',
  sources: ['B07'],
  docs: {
    what: 'A state of a JSONata machine cannot go back to JSONPath.',
    why: 'A JSONPath machine may have single JSONata states, not the other way round.',
    bad: '{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"QueryLanguage": "JSONPath", "Type": "Succeed"}}}',
    good: '{"StartAt": "A", "States": {"A": {"QueryLanguage": "JSONata", "Type": "Succeed"}}}',
    aws: "SCHEMA_VALIDATION_FAILED: \"'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine\".",
  },
  check: (state, report) => {
    const property = state.node.property('QueryLanguage');
    if (property?.value.kind !== 'string' || property.value.value !== 'JSONPath') return;
    if (state.surroundings.machineLanguage !== 'JSONata') return;
    report({
      at: property.value,
      message: 'The machine uses JSONata, so no state can use JSONPath. Write this state in JSONata.',
      fixes: [{ title: 'Remove QueryLanguage', isSafe: false, edits: [{ kind: 'removeProperty', key: property.key }] }],
    });
  },
};

const queryLanguageDocs: StateRule['docs'] = {
  what: '`QueryLanguage` is exactly "JSONPath" or "JSONata".',
  why: 'Upper and lower case count. After any other value AWS goes on as if it were JSONata.',
  bad: '{"QueryLanguage": "jsonata", "Type": "Succeed"}',
  good: '{"QueryLanguage": "JSONata", "Type": "Succeed"}',
  aws: 'SCHEMA_VALIDATION_FAILED: "The field \'QueryLanguage\' should have one of these values: [JSONPath, JSONata]".',
};

function checkQueryLanguage({ node }: State | Parameters<MachineRule['check']>[0]) {
  const language = node.get('QueryLanguage');
  if (language === undefined || isOpaque(language)) return undefined;
  if (language.kind === 'string' && isQueryLanguage(language.value)) return undefined;
  const meant = language.kind === 'string' && language.value.toLowerCase() === 'jsonpath' ? 'JSONPath' : 'JSONata';
  return {
    at: language,
    message: `QueryLanguage must be "JSONPath" or "JSONata", not ${describeValue(language)}.`,
    fixes: [
      {
        title: `Change to "${meant}"`,
        isSafe: true,
        edits: [{ kind: 'replaceValue' as const, node: language, value: meant }],
      },
    ],
  };
}

export const queryLanguage: StateRule = {
  id: 'asl/query-language',
  subject: 'state',
  fields: ['QueryLanguage'],
  severity: 'error',
  sources: ['B07'],
  docs: queryLanguageDocs,
  check: (state, report) => {
    const problem = checkQueryLanguage(state);
    if (problem !== undefined) report(problem);
  },
};

export const machineQueryLanguage: MachineRule = {
  id: 'asl/machine-query-language',
  subject: 'machine',
  severity: 'error',
  sources: ['A08'],
  docs: {
    ...queryLanguageDocs,
    bad: '{"QueryLanguage": "JSONPATH", "StartAt": "A", "States": {}}',
    good: '{"QueryLanguage": "JSONPath", "StartAt": "A", "States": {}}',
  },
  check: (machine, report) => {
    const problem = checkQueryLanguage(machine);
    if (problem !== undefined) report(problem);
  },
};
