import { nearest } from '../../../language/nearest.ts';
import { keyOf } from '../../../language/rules/rule.ts';
import type { ObjectNode } from '../../../language/tree.ts';
import { didYouMean, quote } from '../../../language/words.ts';
import { CONNECTION_PROPERTIES, CONNECTION_TYPES, isSecretProperty } from '../../facts/connections.ts';
import type { Holding } from '../../model.ts';
import { knownText } from '../../values.ts';
import { fix, replaceText, type HoldingRule } from '../rule.ts';

/** The type in capitals, with Terraform's default; undefined where it is not known. */
function typeOf({ part, dialect }: Holding): string | undefined {
  if (part.has('ConnectionType')) return part.text('ConnectionType');
  return dialect === 'terraform' ? 'JDBC' : undefined;
}

/** The properties, where the text shows all of them. */
function wholeProperties({ part, dialect }: Holding): ObjectNode | undefined {
  const node = part.get('ConnectionProperties');
  if (dialect === 'reply' || node?.kind !== 'object' || node.issues?.unclosed === true) return undefined;
  return node.properties.some(({ key }) => /[${<]/.test(key.value)) ? undefined : node;
}

export const connectionType: HoldingRule = {
  id: 'glue/connection-type',
  subject: 'connection',
  severity: 'error',
  sources: [],
  docs: {
    what: '`ConnectionType` is one that Glue has, in capitals.',
    why: 'It decides which properties there are. SFTP is in the list of the API, but not supported.',
    bad: '{"ConnectionInput": {"Name": "shop", "ConnectionType": "jdbc", "ConnectionProperties": {}}}',
    good: '{"ConnectionInput": {"Name": "shop", "ConnectionType": "NETWORK", "ConnectionProperties": {}, "PhysicalConnectionRequirements": {"SubnetId": "subnet-0abc"}}}',
    aws: 'Refused when the connection is created.',
  },
  check: (connection, report) => {
    const { part, anchor, use, dialect } = connection;
    const [node, text] = [part.get('ConnectionType'), part.text('ConnectionType')];
    if (node === undefined && use === 'create' && (dialect === 'api' || dialect === 'cloudformation')) {
      if (!part.isOpen && part.shape === 'connectionInput') {
        report({ at: anchor, message: 'This connection lacks ConnectionType.' });
      }
    }
    if (node === undefined || text === undefined || CONNECTION_TYPES.has(text)) {
      if (node !== undefined && text === 'SFTP') {
        report({ at: node, message: 'Glue does not support connections of type SFTP.', severity: 'warning' });
      }
      return;
    }
    const upper = text.toUpperCase();
    const meant = CONNECTION_TYPES.has(upper) ? upper : nearest(text, CONNECTION_TYPES);
    report({
      at: node,
      message: `Glue has no connection type ${quote(text)}.${didYouMean(meant)}`,
      // New ones come every month.
      ...(meant === undefined && { severity: 'info' as const }),
      fixes: meant === undefined ? [] : [replaceText(node, meant)],
    });
  },
};

export const connectionProperties: HoldingRule = {
  id: 'glue/connection-properties',
  subject: 'connection',
  severity: 'error',
  sources: [],
  docs: {
    what: 'A connection has the properties of its type: a JDBC connection a `JDBC_CONNECTION_URL`, Kafka its `KAFKA_BOOTSTRAP_SERVERS`, and so on.',
    why: 'Nothing could connect without them, and Glue knows no other names.',
    bad: '{"ConnectionInput": {"Name": "shop", "ConnectionType": "JDBC", "ConnectionProperties": {"JDBC_URL": "jdbc:mysql://h/db", "SECRET_ID": "shop"}}}',
    good: '{"ConnectionInput": {"Name": "shop", "ConnectionType": "JDBC", "ConnectionProperties": {"JDBC_CONNECTION_URL": "jdbc:mysql://h/db", "SECRET_ID": "shop"}}}',
    aws: 'InvalidInputException when the connection is created.',
  },
  check: (connection, report) => {
    const type = typeOf(connection);
    const properties = wholeProperties(connection);
    const required = type === undefined ? undefined : REQUIRED[type];
    if (required === undefined || properties === undefined) {
      if (type === 'NETWORK') checkNetwork(connection, report);
      return;
    }
    for (const { key } of properties.properties) {
      if (CONNECTION_PROPERTIES.has(key.value)) continue;
      const meant =
        nearest(key.value, CONNECTION_PROPERTIES) ?? (/url$/i.test(key.value) ? required[0]?.[0] : undefined);
      if (meant === undefined || properties.has(meant)) continue;
      report({
        at: key,
        message: `Glue has no connection property ${quote(key.value)}.${didYouMean(meant)}`,
        fixes: [fix(`Rename to ${meant}`, { kind: 'renameKey', node: key, name: meant })],
      });
      return;
    }
    if (type === 'NETWORK') checkNetwork(connection, report);
    const isGiven = (names: readonly string[]): boolean => names.every((name) => properties.has(name));
    if (required.length > 0 && !required.some(isGiven)) {
      const message = `A ${type ?? ''} connection needs ${required.map((names) => names.join(', ')).join(', or ')}.`;
      report({ at: keyOf(properties), message });
    }
    const signsIn = type === 'JDBC' || type === 'MONGODB';
    const isSigned = ['SECRET_ID', 'PASSWORD', 'ENCRYPTED_PASSWORD'].some((name) => properties.has(name));
    if (signsIn && !isSigned && !connection.part.has('AuthenticationConfiguration')) {
      const message = `A ${type} connection signs in with SECRET_ID, or USERNAME and PASSWORD; here is neither.`;
      report({ at: keyOf(properties), message, severity: 'warning' });
    }
  },
};

/** By type the sets of properties of which one must be there. */
const REQUIRED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  JDBC: [['JDBC_CONNECTION_URL'], ['HOST', 'PORT', 'JDBC_ENGINE']],
  KAFKA: [['KAFKA_BOOTSTRAP_SERVERS']],
  MONGODB: [['CONNECTION_URL']],
  NETWORK: [],
};

function checkNetwork({ part, anchor, dialect }: Holding, report: Parameters<HoldingRule['check']>[1]): void {
  if (dialect === 'reply' || part.isOpen || part.has('PhysicalConnectionRequirements')) return;
  const message = `A NETWORK connection is a subnet and security groups: it needs ${part.spell('PhysicalConnectionRequirements')}.`;
  report({ at: part.get('ConnectionType') ?? anchor, message });
}

export const connectionUrl: HoldingRule = {
  id: 'glue/connection-url',
  subject: 'connection',
  severity: 'error',
  sources: [],
  docs: {
    what: '`JDBC_CONNECTION_URL` begins with `jdbc:` and the engine, such as `jdbc:postgresql://host:5432/database`.',
    why: 'Glue reads the engine from it.',
    bad: '{"ConnectionInput": {"Name": "shop", "ConnectionType": "JDBC", "ConnectionProperties": {"JDBC_CONNECTION_URL": "postgresql://h/db", "SECRET_ID": "shop"}}}',
    good: '{"ConnectionInput": {"Name": "shop", "ConnectionType": "JDBC", "ConnectionProperties": {"JDBC_CONNECTION_URL": "jdbc:postgresql://h/db", "SECRET_ID": "shop"}}}',
    aws: 'InvalidInputException when the connection is created.',
  },
  check: (connection, report) => {
    const { part } = connection;
    // A connector of one's own has a form of its own.
    if (typeOf(connection) !== 'JDBC') return;
    const properties = part.get('ConnectionProperties');
    const node = properties?.kind === 'object' ? properties.get('JDBC_CONNECTION_URL') : undefined;
    const text = knownText(node, part.source);
    if (node === undefined || !text || /^jdbc:[a-z0-9]+:/i.test(text)) return;
    const isUrl = /^[a-z][a-z0-9]*:\/\//.test(text);
    report({
      at: node,
      message: `${quote(text)} is no JDBC URL: it begins with jdbc: and the engine, such as jdbc:postgresql://host:5432/database.`,
      fixes: isUrl ? [replaceText(node, `jdbc:${text}`)] : [],
    });
  },
};

export const connectionSecret: HoldingRule = {
  id: 'glue/connection-secret',
  subject: 'connection',
  severity: 'warning',
  sources: [],
  docs: {
    what: 'A password is not written into a connection.',
    why: 'It is in the file for everybody who can read it, and in the history for good. `SECRET_ID` names a secret instead.',
    bad: '{"ConnectionInput": {"Name": "shop", "ConnectionType": "JDBC", "ConnectionProperties": {"JDBC_CONNECTION_URL": "jdbc:mysql://h/db", "USERNAME": "etl", "PASSWORD": "hunter2"}}}',
    good: '{"ConnectionInput": {"Name": "shop", "ConnectionType": "JDBC", "ConnectionProperties": {"JDBC_CONNECTION_URL": "jdbc:mysql://h/db", "SECRET_ID": "prod/shop"}}}',
    aws: 'Accepted. AWS advises to use Secrets Manager.',
  },
  check: ({ part, dialect }, report) => {
    const properties = part.get('ConnectionProperties');
    if (properties?.kind !== 'object' || dialect === 'reply') return;
    for (const { key, value } of properties.properties) {
      const text = knownText(value, part.source);
      if (!isSecretProperty(key.value) || !text || /^\{\{|^(?:\*+|x+|changeme)$/i.test(text)) continue;
      const user = properties.property('USERNAME');
      report({
        at: value,
        message:
          'This password is readable for everybody who can read the file. Keep it in Secrets Manager and name the secret in SECRET_ID.',
        fixes:
          key.value === 'PASSWORD' && value.kind === 'string' && !properties.has('SECRET_ID')
            ? [
                {
                  title: 'Name a secret instead (create it with username and password in it)',
                  isSafe: false,
                  edits: [
                    { kind: 'renameKey', node: key, name: 'SECRET_ID' },
                    { kind: 'replaceString', node: value, value: `glue/${part.text('Name') ?? 'connection'}` },
                    ...(user ? [{ kind: 'removeProperty' as const, key: user.key }] : []),
                  ],
                },
              ]
            : [],
      });
    }
  },
};
