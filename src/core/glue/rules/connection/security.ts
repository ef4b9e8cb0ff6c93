import { keyOf } from '../../../language/rules/rule.ts';
import { SHAPES } from '../../fields/shapes.ts';
import type { Part } from '../../part.ts';
import type { HoldingRule } from '../rule.ts';

export const securityConfiguration: HoldingRule = {
  id: 'glue/security-configuration',
  subject: 'securityConfiguration',
  severity: 'error',
  sources: [],
  docs: {
    what: 'A security configuration has a name and an `EncryptionConfiguration`; what a KMS key encrypts names the key.',
    why: 'Glue knows no default key for jobs.',
    bad: '{"Name": "sealed", "EncryptionConfiguration": {"CloudWatchEncryption": {"CloudWatchEncryptionMode": "SSE-KMS"}}}',
    good: '{"Name": "sealed", "EncryptionConfiguration": {"CloudWatchEncryption": {"CloudWatchEncryptionMode": "SSE-KMS", "KmsKeyArn": "arn:aws:kms:us-east-1:111122223333:key/11112222-3333-4444-5555-666677778888"}}}',
    aws: 'Refused when it is created, or by the first run that writes.',
  },
  check: ({ part, anchor, dialect }, report) => {
    if (dialect === 'reply') return;
    const isStrict = dialect !== 'program' && dialect !== 'cdk' && !part.isOpen;
    for (const name of ['Name', 'EncryptionConfiguration']) {
      // Terraform makes a name of its own where none is given.
      if (!isStrict || part.has(name) || (name === 'Name' && dialect === 'terraform')) continue;
      report({ at: anchor, message: `This security configuration lacks ${part.spell(name)}.` });
    }
    const encryption = part.part('EncryptionConfiguration', 'encryption');
    for (const { name, value } of SHAPES.encryption.fields) {
      if (encryption === undefined || (value.kind !== 'object' && value.kind !== 'list')) continue;
      for (const one of encryption.parts(name, value.shape)) {
        const mode = modeOf(one);
        if (mode === undefined || !mode.endsWith('-KMS') || one.has('KmsKeyArn') || one.isOpen) continue;
        report({
          at: keyOf(one.node),
          message: `${mode} needs a key: add ${one.spell('KmsKeyArn')}.`,
          severity: 'warning',
        });
      }
    }
  },
};

function modeOf(part: Part): string | undefined {
  const field = SHAPES[part.shape].fields.find(({ value }) => value.kind === 'word');
  return field && part.text(field.name);
}
