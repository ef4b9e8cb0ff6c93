import { nearest } from '../../../language/nearest.ts';
import { intrinsicOf } from '../../../language/hosts/intrinsics.ts';
import { within, type Report } from '../../../language/rules/rule.ts';
import { describeValue, didYouMean, quote } from '../../describe.ts';
import type { FoundDefinition, Substitutions } from '../../hosts/found.ts';
import type { HostRule, HostSubject } from '../rule.ts';
import { placeholdersInText, placeholdersInTree, type Placeholder } from './placeholders.ts';

const EXAMPLE = (map: string): string =>
  `{"Type": "AWS::Serverless::StateMachine", "Properties": {"DefinitionUri": "load.asl.json", "DefinitionSubstitutions": ${map}}}`;

/** What a definition has placeholders for; undefined while nobody knows its text. */
function placeholdersOf(found: FoundDefinition, { readFile }: HostSubject): readonly Placeholder[] | undefined {
  const { place } = found;
  switch (place.kind) {
    case 'object':
      return placeholdersInTree(place.node);
    case 'text': {
      const { string } = place;
      // In the text of a `Fn::Sub`, only `${!Name}` is left for the substitutions.
      const intrinsic = intrinsicOf(string)?.name;
      if (intrinsic === 'Fn::Sub') {
        const text = string.value.replaceAll(/\$\{(?!!)/g, '  ').replaceAll('${!', '${');
        return placeholdersInText(text).map((placeholder) => ({ ...placeholder, node: undefined }));
      }
      if (intrinsic !== undefined) return undefined;
      return placeholdersInText(string.value).map((placeholder) => ({ ...placeholder, node: string }));
    }
    case 'file': {
      const text = readFile?.(place.path);
      return typeof text === 'string' ? placeholdersInText(text) : undefined;
    }
  }
}

/** Names that are filled in; undefined where not all of them are written out. */
function namesIn({ map }: Substitutions): readonly string[] | undefined {
  if (map === undefined || map.issues !== undefined) return undefined;
  return map.properties.map(({ key }) => key.value);
}

export const undefinedSubstitution: HostRule = {
  id: 'asl/undefined-substitution',
  subject: 'host',
  severity: 'error',
  sources: ['Z08'],
  docs: {
    what: 'Each placeholder `${Name}` of a definition is in the `DefinitionSubstitutions` of its template, or in the map of `templatefile`.',
    why: 'A name that is not there stays in the definition as it is, so a state calls an ARN that does not exist; Terraform fails.',
    bad: EXAMPLE('{"LoadFunctionAr": "…"}'),
    good: EXAMPLE('{"LoadFunctionArn": "…"}'),
    aws: 'Creates the machine with the placeholder in it, or refuses it where the field must be an ARN.',
  },
  check: (subject, report) => {
    for (const found of subject.found) {
      const { substitutions } = found;
      const names = substitutions && namesIn(substitutions);
      if (names === undefined) continue;
      const seen = new Set<string>();
      for (const placeholder of placeholdersOf(found, subject) ?? []) {
        if (names.includes(placeholder.name) || seen.has(placeholder.name)) continue;
        seen.add(placeholder.name);
        reportUndefined(placeholder, { found, names }, report);
      }
    }
  },
};

function reportUndefined(
  { name, node, from, to }: Placeholder,
  { found, names }: { readonly found: FoundDefinition; readonly names: readonly string[] },
  report: Report,
): void {
  const { place, substitutions } = found;
  if (substitutions === undefined) return;
  const where = place.kind === 'file' ? ` of ${place.path}` : '';
  const list = substitutions.by === 'template' ? 'DefinitionSubstitutions' : 'the map of templatefile()';
  report({
    at: node === undefined ? substitutions.at : within(node, from, to),
    message: `${quote(name)}, a placeholder${where}, is not in ${list}.${didYouMean(nearest(name, names))}`,
    ...(node !== undefined && { related: [{ at: substitutions.at, message: 'The names are given here' }] }),
  });
}

export const unusedSubstitution: HostRule = {
  id: 'asl/unused-substitution',
  subject: 'host',
  severity: 'warning',
  sources: ['Z08'],
  docs: {
    what: 'Each name of `DefinitionSubstitutions` stands in the definition as `${Name}`.',
    why: 'A name that nothing uses is a leftover, or the placeholder is written differently.',
    bad: EXAMPLE('{"LoadFunctionArn": "…", "OldFunctionArn": "…"}'),
    good: EXAMPLE('{"LoadFunctionArn": "…"}'),
    aws: 'Accepted without a word.',
  },
  check: (subject, report) => {
    for (const found of subject.found) {
      const { substitutions } = found;
      // A map of Terraform may serve conditions and loops of the file as well.
      if (substitutions?.map === undefined || substitutions.by !== 'template') continue;
      const placeholders = placeholdersOf(found, subject);
      if (placeholders === undefined) continue;
      const used = new Set(placeholders.map(({ name }) => name));
      for (const { key } of substitutions.map.properties) {
        if (used.has(key.value)) continue;
        const suggestion = nearest(key.value, [...used]);
        const hint = suggestion === undefined ? '' : ` The definition has "\${${suggestion}}".`;
        report({ at: key, message: `Nothing in the definition is called "\${${key.value}}".${hint}` });
      }
    }
  },
};

export const substitutionValue: HostRule = {
  id: 'asl/substitution-value',
  subject: 'host',
  severity: 'error',
  sources: ['Z08'],
  docs: {
    what: 'Values of `DefinitionSubstitutions` are strings, numbers or booleans, or functions that give one.',
    why: 'They are put into a text.',
    bad: EXAMPLE('{"LoadFunctionArn": {"Arn": "…"}}'),
    good: EXAMPLE('{"LoadFunctionArn": {"Fn::GetAtt": ["LoadFunction", "Arn"]}}'),
    aws: 'The stack fails: "Property validation failure".',
  },
  check: ({ found }, report) => {
    for (const { substitutions } of found) {
      if (substitutions?.by !== 'template') continue;
      for (const { key, value } of substitutions.map?.properties ?? []) {
        if (value.kind !== 'object' && value.kind !== 'array' && value.kind !== 'null') continue;
        report({
          at: value,
          message: `${quote(key.value)} must be a text, number or boolean, not ${describeValue(value)}.`,
        });
      }
    }
  },
};
