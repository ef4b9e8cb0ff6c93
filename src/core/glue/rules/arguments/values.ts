import { nearest } from '../../../language/nearest.ts';
import { keyOf } from '../../../language/rules/rule.ts';
import { anyOf, didYouMean, quote } from '../../../language/words.ts';
import { specialParameter } from '../../facts/parameters.ts';
import { hasPlaceholder } from '../../values.ts';
import { fix, replaceText, type ArgumentRule } from '../rule.ts';

export const argumentText: ArgumentRule = {
  id: 'glue/argument-text',
  subject: 'argument',
  severity: 'error',
  sources: ['GLUE024'],
  docs: {
    what: 'The value of an argument is text.',
    why: 'The API knows a map of texts. CloudFormation and Terraform make text of numbers and booleans, the CLI does not.',
    bad: '{"DefaultArguments": {"--enable-spark-ui": true, "--batch_size": 500}}',
    good: '{"DefaultArguments": {"--enable-spark-ui": "true", "--batch_size": "500"}}',
    aws: 'Parameter validation failed: invalid type, valid types: string.',
  },
  check: ({ argument: { value, text, name, list }, isCoerced }, report) => {
    if (list.node.kind === 'array') return;
    if (value.kind === 'object' || value.kind === 'array') {
      report({
        at: keyOf(value),
        message: `The value of ${name} is text: write ${value.kind === 'array' ? 'a list with commas, or JSON,' : 'JSON'} in quotes.`,
      });
    } else if (!isCoerced && (value.kind === 'number' || value.kind === 'boolean') && text !== undefined) {
      report({
        at: value,
        message: `The value of ${name} is text: write ${quote(text)}, in quotes.`,
        fixes: [fix(`Put quotes around ${text}`, { kind: 'replaceValue', node: value, value: text }, true)],
      });
    }
  },
};

export const argumentValue: ArgumentRule = {
  id: 'glue/argument-value',
  subject: 'argument',
  severity: 'error',
  sources: ['GLUE025'],
  docs: {
    what: 'A special parameter has one of the values that Glue knows.',
    why: 'Any other is ignored, or ends the run before the script begins.',
    bad: '{"DefaultArguments": {"--job-bookmark-option": "enable"}}',
    good: '{"DefaultArguments": {"--job-bookmark-option": "job-bookmark-enable"}}',
    aws: 'The run fails, or does without the setting.',
  },
  check: ({ argument: { name, value, text } }, report) => {
    const parameter = specialParameter(name);
    if (parameter === undefined || text === undefined) return;
    const { kind } = parameter.value;
    if (kind === 'switch' && text !== '' && !/^(?:true|false)$/i.test(text)) {
      const meant = /^(?:1|y|yes|on|enabled?)$/i.test(text)
        ? ['true']
        : /^(?:0|no?|off|disabled?)$/i.test(text)
          ? ['false']
          : ['true', 'false'];
      report({
        at: value,
        message: `${name} is "true" or "false", not ${quote(text)}.`,
        fixes: meant.map((word) => replaceText(value, word)),
      });
    } else if (kind === 'integer') {
      const { min, max } = parameter.value;
      const isWhole = /^\d+$/.test(text.trim());
      if (isWhole && Number(text) >= min && Number(text) <= max) return;
      report({ at: value, message: `${name} is a whole number from ${min} to ${max}, not ${quote(text)}.` });
    } else if (kind === 'word' && !parameter.value.words.includes(text)) {
      const { words } = parameter.value;
      const meant = meantWord(text, words);
      report({
        at: value,
        message: `${name} is ${anyOf(words)}, not ${quote(text)}.${didYouMean(meant)}`,
        fixes: (meant === undefined ? words : [meant]).map((word) => replaceText(value, word)),
      });
    } else if (kind === 'words') {
      const { words } = parameter.value;
      const wrong = text
        .split(',')
        .map((word) => word.trim())
        .find((word) => !words.includes(word));
      if (wrong === undefined) return;
      const meant = meantWord(wrong, words);
      report({
        at: value,
        message: `${name} lists ${anyOf(words)}, not ${quote(wrong)}.${didYouMean(meant)}`,
        fixes: meant === undefined ? [] : [replaceText(value, text.replace(wrong, meant))],
      });
    }
  },
};

/** `enable` for `job-bookmark-enable`, `Python 3` for `python`. */
function meantWord(text: string, words: readonly string[]): string | undefined {
  const lower = text.toLowerCase();
  return (
    words.find((word) => word === lower) ??
    words.find((word) => lower !== '' && (word.endsWith(`-${lower.replace(/d$/, '')}`) || lower.startsWith(word))) ??
    nearest(text, words)
  );
}

export const flagFalse: ArgumentRule = {
  id: 'glue/flag-false',
  subject: 'argument',
  severity: 'warning',
  sources: ['GLUE026'],
  docs: {
    what: 'A parameter whose presence is enough is not given as `false`.',
    why: 'Glue looks only whether it is there: `false` turns it on.',
    bad: '{"DefaultArguments": {"--enable-metrics": "false"}}',
    good: '{"DefaultArguments": {}}',
    aws: 'The feature is on.',
  },
  check: ({ argument: { name, nameNode, value, text, list } }, report) => {
    if (specialParameter(name)?.value.kind !== 'flag' || text?.toLowerCase() !== 'false') return;
    report({
      at: value,
      message: `Glue looks only whether ${name} is there: "false" turns it on. Remove it to turn it off.`,
      fixes:
        list.node.kind === 'object' ? [fix(`Remove ${name}`, { kind: 'removeProperty', key: nameNode }, true)] : [],
    });
  },
};

export const argumentLocation: ArgumentRule = {
  id: 'glue/argument-location',
  subject: 'argument',
  severity: 'warning',
  sources: [],
  docs: {
    what: 'A special parameter that names files names them in S3, with a key.',
    why: 'Glue reads no local paths, and a bucket alone is no file.',
    bad: '{"DefaultArguments": {"--extra-py-files": "libs/common.zip"}}',
    good: '{"DefaultArguments": {"--extra-py-files": "s3://bucket/libs/common.zip"}}',
    aws: 'The run fails when it starts.',
  },
  check: ({ argument: { name, value, written } }, report) => {
    const parameter = specialParameter(name);
    if (parameter?.value.kind !== 's3' || written === undefined || written.trim() === '') return;
    const { isList, of } = parameter.value;
    const entries = isList ? written.split(',') : [written];
    for (const entry of entries.map((one) => one.trim())) {
      const problem = locationProblem(entry, of === 'file' && name !== '--scriptLocation');
      if (problem !== undefined) report({ at: value, message: `${name}: ${problem}` });
    }
  },
};

function locationProblem(entry: string, isFile: boolean): string | undefined {
  if (entry === '' || /^(?:\$\{|\{\{|%\{|<|#\{)/.test(entry)) return undefined;
  if (!/^s3[an]?:\/\//.test(entry)) return `${quote(entry)} is not in S3. Write s3://bucket/key.`;
  if (!isFile || hasPlaceholder(entry)) return undefined;
  if (/^s3[an]?:\/\/[^/]*\/?$/.test(entry)) return `${quote(entry)} names a bucket and no file.`;
  return undefined;
}
