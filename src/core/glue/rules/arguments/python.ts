import { anyOf, quote } from '../../../language/words.ts';
import { fix, replaceText, type ArgumentRule } from '../rule.ts';

export const pythonModules: ArgumentRule = {
  id: 'glue/python-modules',
  subject: 'argument',
  severity: 'warning',
  sources: ['GLUE030'],
  docs: {
    what: '`--additional-python-modules` lists what pip takes: `pkg==1.2`, and for Spark jobs wheels in S3.',
    why: 'A single `=` is no version for pip, and Python shell jobs install from PyPI only.',
    bad: '{"DefaultArguments": {"--additional-python-modules": "pandas=2.2"}}',
    good: '{"DefaultArguments": {"--additional-python-modules": "pandas==2.2"}}',
    aws: 'The run fails while it installs the modules.',
  },
  check: ({ argument: { name, value, text }, job }, report) => {
    if (name !== '--additional-python-modules' || text === undefined) return;
    const entries = text.split(',').map((entry) => entry.trim());
    const single = entries.filter((entry) => /^[A-Za-z0-9][\w.-]*(?:\[[^\]]*\])?\s*=(?![=])/.test(entry));
    if (single.length > 0) {
      const right = entries.map((entry) => (single.includes(entry) ? entry.replace(/\s*=\s*/, '==') : entry)).join(',');
      report({
        at: value,
        message: `pip wants "==" before a version: ${anyOf(single.map(quote), 'and')}.`,
        fixes: [
          fix(
            `Change to "${right}"`,
            value.kind === 'string'
              ? { kind: 'replaceString', node: value, value: right }
              : { kind: 'replaceValue', node: value, value: right },
          ),
        ],
      });
    }
    const joined = entries.find((entry) =>
      /^[A-Za-z0-9][\w.[\]-]*\s*(?:[=<>~!]=?=?[^\s,;]*)?[\s;]+[A-Za-z0-9][\w.-]*\s*==/.test(entry),
    );
    if (joined !== undefined) {
      const right = text
        .split(/[,;\s]+/)
        .filter(Boolean)
        .join(',');
      report({
        at: value,
        message: `Modules are separated by commas: ${quote(joined)} is read as one.`,
        fixes: /^[\w.[\]=<>~!,-]+$/.test(right) ? [replaceText(value, right)] : [],
      });
    }
    const stored = entries.find((entry) => entry.startsWith('s3://'));
    if (stored !== undefined && job?.command.type === 'pythonshell') {
      report({
        at: value,
        message: `A Python shell job installs modules from PyPI only, not ${quote(stored)}: use --extra-py-files.`,
      });
    }
  },
};

const SECRET =
  /(?:^|[-_])(?:password|passwd|pwd|passphrase|api[-_]?key|access[-_]?key|secret[-_]?key|private[-_]?key|token|client[-_]?secret|secret[-_]?access[-_]?key)$/i;
/** Camel case: `--dbPassword`. */
const CAMEL_SECRET = /(?:Password|ApiKey|AccessKey|SecretKey|PrivateKey|Token|ClientSecret)$/;
/** Values that name a secret, or where it is, instead of being one. */
const NO_SECRET =
  /^(?:arn:|s3[an]?:\/\/|\/|secretsmanager|ssm:|resolve:|(?:true|false|none|null|n\/a|\*+|x+|changeme|todo)$)/i;

export const secretArgument: ArgumentRule = {
  id: 'glue/secret-argument',
  subject: 'argument',
  severity: 'warning',
  sources: ['GLUE035'],
  docs: {
    what: 'A password, key or token is not written into the arguments of a job.',
    why: 'Arguments are shown in the console, in get-job and in logs, to everybody who can read the job.',
    bad: '{"DefaultArguments": {"--db_password": "hunter2"}}',
    good: '{"DefaultArguments": {"--db_secret_name": "prod/orders/db"}}',
    aws: 'Accepted. AWS advises to take secrets from Secrets Manager or a connection.',
  },
  check: ({ argument: { name, nameNode, value, text } }, report) => {
    if (text === undefined || value.kind !== 'string' || text.trim() === '') return;
    const inside = insideSecret(text);
    if (inside !== undefined) {
      report({
        at: value,
        message: `The value of ${name} holds ${inside}, which everybody can read who can read the job. Keep it in Secrets Manager or a connection, and pass its name.`,
      });
      return;
    }
    if (NO_SECRET.test(text)) return;
    if (!SECRET.test(name) && !CAMEL_SECRET.test(name)) return;
    const secretName = `${name}_secret_name`;
    report({
      at: value,
      message: `This secret is readable for everybody who can read the job. Keep it in Secrets Manager, pass its name, and read it in the script with get_secret_value.`,
      fixes: [
        {
          title: `Pass the name of a secret instead (create the secret, and allow the role secretsmanager:GetSecretValue)`,
          isSafe: false,
          edits: [
            { kind: 'renameKey', node: nameNode, name: secretName },
            { kind: 'replaceString', node: value, value: `glue/${name.replace(/^-+/, '')}` },
          ],
        },
      ],
    });
  },
};

/** What a value holds that is secret whatever its name: the id of a key of AWS, a password in a URL. */
function insideSecret(text: string): string | undefined {
  if (/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/.test(text)) return 'an access key of AWS';
  if (/^[a-z][a-z0-9+:]*:\/\/[^/\s:@]+:[^/\s@]+@/i.test(text)) return 'a password in its URL';
  return /[?&;]password=[^&;\s]+/i.test(text) ? 'a password in its URL' : undefined;
}
