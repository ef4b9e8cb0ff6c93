import { quote } from '../../describe.ts';
import { isOpaque } from '../../model.ts';
import { variablesOf } from '../../variables.ts';
import type { StateRule } from '../rule.ts';

const NAME = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

export const variableName: StateRule = {
  id: 'asl/variable-name',
  subject: 'state',
  fields: ['Assign'],
  severity: 'error',
  sources: ['V01'],
  docs: {
    what: 'A variable name begins with a letter, goes on with letters, digits and `_`, has at most 80 characters and is not `states`.',
    why: 'Only whole variables can be assigned, no parts such as `x.y` or `x[0]`.',
    bad: '{"Assign": {"order.id": 1}}',
    good: '{"Assign": {"order": {"id": 1}}}',
    aws: 'SCHEMA_VALIDATION_FAILED.',
  },
  check: (state, report) => {
    for (const { name, key } of variablesOf(state).writes) {
      if (isOpaque(key)) continue;
      if (name === 'states') {
        report({ at: key, message: 'The name "states" is reserved: $states is what Step Functions provides.' });
      } else if (/^[^.[]+[.[]/.test(name)) {
        report({
          at: key,
          message: `Only a whole variable can be assigned, not a part of one such as ${quote(name)}.`,
        });
      } else if (!NAME.test(name)) {
        report({
          at: key,
          message: `${quote(name)} is no variable name: it must begin with a letter and have only letters, digits and "_".`,
        });
      } else if (name.startsWith('_')) {
        report({
          at: key,
          severity: 'warning',
          message: `A variable name must begin with a letter, says AWS, not with "_" as in ${quote(name)}.`,
        });
      } else if (Array.from(name).length > 80) {
        report({
          at: key,
          message: `Variable names have at most 80 characters; this one has ${Array.from(name).length}.`,
        });
      }
    }
  },
};

const LIMIT = 256 * 1024;

export const variableSize: StateRule = {
  id: 'asl/variable-size',
  subject: 'state',
  fields: ['Assign'],
  severity: 'warning',
  sources: ['V08'],
  docs: {
    what: 'The values of an `Assign` are smaller than 256 KiB together.',
    why: 'Larger variables fail the execution; all of them together may have 10 MiB.',
    bad: '{"Assign": {"table": "… 300 KiB of text …"}}',
    good: '{"Assign": {"tableKey": "s3://bucket/table.json"}}',
    aws: 'Accepted; fails at run time.',
  },
  check: ({ visit }, report) => {
    for (const { name, node, property } of visit.fields) {
      if (name !== 'Assign' || node.length <= LIMIT) continue;
      report({ at: property.key, message: 'This Assign is larger than 256 KiB, which is the limit for variables.' });
    }
  },
};
