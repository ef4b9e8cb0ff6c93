import { keyOf } from '../../../language/rules/rule.ts';
import { quote } from '../../../language/words.ts';
import { fix, type JobRule } from '../rule.ts';

const LONGEST = 10_080;

export const timeout: JobRule = {
  id: 'glue/timeout',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE017'],
  docs: {
    what: '`Timeout` is 1 to 10080 minutes, which are 7 days.',
    why: 'Glue refuses less, and runs of a job with more throw.',
    bad: '{"Name": "load", "Timeout": 20160}',
    good: '{"Name": "load", "Timeout": 10080}',
    aws: 'InvalidInputException.',
  },
  check: ({ part, dialect }, report) => {
    const node = part.get('Timeout');
    const minutes = part.number('Timeout');
    // What the service has stored it has accepted.
    if (node === undefined || minutes === undefined || dialect === 'reply') return;
    if (minutes >= 1 && minutes <= LONGEST) return;
    const message =
      minutes < 1 ? 'A timeout is at least 1 minute.' : `A timeout is at most ${LONGEST} minutes (7 days).`;
    report({
      at: node,
      message: `${message} Leave it out for the default.`,
      fixes: minutes < 1 ? [] : [fix(`Change to ${LONGEST}`, { kind: 'replaceValue', node, value: LONGEST })],
    });
  },
};

export const maxRetries: JobRule = {
  id: 'glue/max-retries',
  subject: 'job',
  severity: 'warning',
  sources: ['GLUE018'],
  docs: {
    what: '`MaxRetries` is 0 to 10.',
    why: 'The console allows no more, and each retry is paid for.',
    bad: '{"Name": "load", "MaxRetries": 50}',
    good: '{"Name": "load", "MaxRetries": 1}',
    aws: 'Refused above the limit.',
  },
  check: ({ part }, report) => {
    const node = part.get('MaxRetries');
    const count = part.number('MaxRetries');
    if (node === undefined || count === undefined || (count >= 0 && count <= 10)) return;
    const value = count < 0 ? 0 : 10;
    report({
      at: node,
      message: `MaxRetries is 0 to 10, not ${count}.`,
      fixes: [fix(`Change to ${value}`, { kind: 'replaceValue', node, value })],
    });
  },
};

const DAYS = 'Sun|Mon|Tue|Wed|Thu|Fri|Sat';
const WINDOW = new RegExp(`^(?:${DAYS}):(?:[01]?[0-9]|2[0-3])$`);

export const maintenanceWindow: JobRule = {
  id: 'glue/maintenance-window',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE038'],
  docs: {
    what: '`MaintenanceWindow` is a day and an hour in UTC, such as `Sun:10`, of a streaming job.',
    why: 'Only streaming jobs run long enough to be restarted.',
    bad: '{"Command": {"Name": "gluestreaming"}, "MaintenanceWindow": "Sunday 10:00"}',
    good: '{"Command": {"Name": "gluestreaming"}, "MaintenanceWindow": "Sun:10"}',
    aws: 'InvalidInputException when the job is created.',
  },
  check: ({ part, command }, report) => {
    const property = part.property('MaintenanceWindow');
    if (property === undefined) return;
    const { key, value } = property;
    if (command.type !== undefined && command.type !== 'gluestreaming') {
      report({
        at: keyOf(value),
        message: 'A maintenance window is for streaming jobs: other jobs end by themselves.',
        fixes: [fix(`Remove ${key.value}`, { kind: 'removeProperty', key }, true)],
      });
      return;
    }
    const text = part.text('MaintenanceWindow');
    if (text === undefined || WINDOW.test(text)) return;
    const day = new RegExp(`(${DAYS})`, 'i').exec(text)?.[1];
    const hour = /\b([01]?\d|2[0-3])\b/.exec(text)?.[1];
    const meant = day && hour && `${day.charAt(0).toUpperCase()}${day.slice(1).toLowerCase()}:${Number(hour)}`;
    report({
      at: value,
      message: `${quote(text)} is no maintenance window: write a day and an hour in UTC, such as "Sun:10".`,
      fixes: meant ? [fix(`Change to "${meant}"`, { kind: 'replaceString', node: value, value: meant })] : [],
    });
  },
};

export const tooManyTags: JobRule = {
  id: 'glue/too-many-tags',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE037'],
  docs: {
    what: 'A job has at most 50 tags.',
    why: 'Glue refuses more.',
    bad: '{"Name": "load", "Tags": {"team": "a", "…": "49 more", "one-too-many": "x"}}',
    good: '{"Name": "load", "Tags": {"team": "a"}}',
    aws: 'InvalidInputException when the job is created.',
  },
  check: ({ part }, report) => {
    const tags = part.get('Tags');
    if (tags?.kind !== 'object' || tags.properties.length <= 50) return;
    report({ at: keyOf(tags), message: `A job has at most 50 tags; these are ${tags.properties.length}.` });
  },
};

export const connectionsShape: JobRule = {
  id: 'glue/connections-shape',
  subject: 'job',
  severity: 'error',
  sources: ['GLUE037'],
  docs: {
    what: '`Connections` is an object with a list in it; only Terraform takes the list itself.',
    why: 'The API and CloudFormation know `{"Connections": ["name"]}`.',
    bad: '{"Name": "load", "Connections": ["orders-db"]}',
    good: '{"Name": "load", "Connections": {"Connections": ["orders-db"]}}',
    aws: 'Invalid type for parameter Connections.',
  },
  check: ({ part, dialect }, report) => {
    if (!['api', 'cloudformation', 'cdk', 'git', 'sdk'].includes(dialect)) return;
    const node = part.get('Connections');
    if (node === undefined || (node.kind !== 'array' && node.kind !== 'string')) return;
    const names = node.kind === 'array' ? node.items.flatMap((item) => (item.kind === 'string' ? item.value : [])) : [];
    const isPlain = node.kind === 'array' && names.length === node.items.length;
    const value = { [part.spell('Connections')]: node.kind === 'string' ? [node.value] : names };
    report({
      at: keyOf(node),
      message: 'Connections is an object that holds the list: {"Connections": ["name"]}.',
      fixes:
        isPlain || node.kind === 'string'
          ? [fix('Put the list into an object', { kind: 'replaceValue', node, value }, true)]
          : [],
    });
  },
};
