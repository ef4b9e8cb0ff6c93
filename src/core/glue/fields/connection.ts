import { flag, list, map, object, shortText, text, texts, word, type FieldSpec, type Shape } from './spec.ts';

const key = (name: string, doc: string): FieldSpec => ({
  name,
  value: { kind: 'text', pattern: /^(?:$|arn:aws[a-z0-9-]*:kms:)/, form: 'the ARN of a KMS key' },
  doc,
});

/** https://docs.aws.amazon.com/glue/latest/webapi/API_CreateConnection.html */
export const connection: Shape = {
  title: 'a connection',
  fields: [
    text('CatalogId', 'The account of the Data Catalog, where it is another.'),
    object('ConnectionInput', 'connectionInput', 'The connection. Terraform has its fields in the resource itself.', {
      isRequired: true,
    }),
    map('Tags', 'At most 50.'),
  ],
};

export const connectionInput: Shape = {
  title: 'a connection',
  fields: [
    shortText('Name', 255, 'The name of the connection, unique in the account and region.', { isRequired: true }),
    shortText('Description', 2048, 'For people. At most 2048 characters.'),
    word('ConnectionType', ['JDBC', 'KAFKA', 'MONGODB', 'NETWORK', 'CUSTOM', 'MARKETPLACE'], 'What it leads to.', {
      isRequired: true,
      isOwned: true,
    }),
    map('ConnectionProperties', 'Where and how: `JDBC_CONNECTION_URL`, `SECRET_ID` and the like.', {
      isRequired: true,
    }),
    texts('MatchCriteria', 'By what the connection can be found. At most 10.'),
    object('PhysicalConnectionRequirements', 'physicalRequirements', 'The subnet and security groups that it goes by.'),
    object('AuthenticationConfiguration', 'authentication', 'How it signs in, for connections of the newer kind.'),
    map('SparkProperties', 'Properties for Spark alone.'),
    map('AthenaProperties', 'Properties for Athena alone.'),
    map('PythonProperties', 'Properties for Python alone.'),
    flag('ValidateCredentials', 'Whether the credentials are tried when it is created. Default true.'),
    texts('ValidateForComputeEnvironments', 'SPARK, ATHENA, PYTHON: what the properties are checked for.'),
  ],
};

export const physicalRequirements: Shape = {
  title: 'PhysicalConnectionRequirements',
  fields: [
    text('SubnetId', 'The subnet that jobs get their network interfaces in.'),
    texts('SecurityGroupIdList', 'Security groups; one of them lets everything in from itself.'),
    text('AvailabilityZone', 'The zone of the subnet.'),
  ],
};

export const authentication: Shape = {
  title: 'an AuthenticationConfiguration',
  fields: [
    word('AuthenticationType', ['BASIC', 'OAUTH2', 'CUSTOM', 'IAM'], 'How it signs in.'),
    text('SecretArn', 'The ARN of a secret in Secrets Manager.'),
    key('KmsKeyArn', 'The KMS key that encrypts the credentials.'),
    { name: 'OAuth2Properties', value: { kind: 'map' }, doc: 'Grant type, client and token URL.', isOwned: true },
    {
      name: 'BasicAuthenticationCredentials',
      value: { kind: 'map' },
      doc: 'User name and password. Rather use SecretArn.',
      isOwned: true,
    },
    {
      name: 'CustomAuthenticationCredentials',
      value: { kind: 'map' },
      doc: 'Credentials of a custom kind.',
      isOwned: true,
    },
  ],
};

/** https://docs.aws.amazon.com/glue/latest/webapi/API_CreateSecurityConfiguration.html */
export const securityConfiguration: Shape = {
  title: 'a security configuration',
  fields: [
    shortText('Name', 255, 'The name, unique in the account and region.', { isRequired: true }),
    object('EncryptionConfiguration', 'encryption', 'How data, logs and bookmarks are encrypted.', {
      isRequired: true,
    }),
  ],
};

export const encryption: Shape = {
  title: 'an EncryptionConfiguration',
  fields: [
    list('S3Encryption', 's3Encryption', 'What jobs and crawlers write to S3.', {
      names: { template: 'S3Encryptions', camel: 's3Encryptions', snake: 's3_encryptions' },
    }),
    object('CloudWatchEncryption', 'cloudWatchEncryption', 'Logs.', { names: { pulumi: 'cloudwatchEncryption' } }),
    object('JobBookmarksEncryption', 'bookmarksEncryption', 'Job bookmarks.'),
    object('DataQualityEncryption', 'dataQualityEncryption', 'Results of data quality rules.'),
  ],
};

export const s3Encryption: Shape = {
  title: 'an S3Encryption',
  fields: [
    word('S3EncryptionMode', ['DISABLED', 'SSE-S3', 'SSE-KMS'], 'With keys of S3, or with one of KMS.'),
    key('KmsKeyArn', 'The KMS key, for SSE-KMS.'),
  ],
};

export const cloudWatchEncryption: Shape = {
  title: 'a CloudWatchEncryption',
  fields: [
    word('CloudWatchEncryptionMode', ['DISABLED', 'SSE-KMS'], 'Log groups are encrypted with a KMS key, or not.', {
      names: { pulumi: 'cloudwatchEncryptionMode' },
    }),
    key('KmsKeyArn', 'The KMS key, which CloudWatch Logs must be allowed to use.'),
  ],
};

export const bookmarksEncryption: Shape = {
  title: 'a JobBookmarksEncryption',
  fields: [
    word('JobBookmarksEncryptionMode', ['DISABLED', 'CSE-KMS'], 'Glue encrypts bookmarks itself, with a KMS key.'),
    key('KmsKeyArn', 'The KMS key, for CSE-KMS.'),
  ],
};

export const dataQualityEncryption: Shape = {
  title: 'a DataQualityEncryption',
  fields: [
    word('DataQualityEncryptionMode', ['DISABLED', 'SSE-KMS'], 'With a KMS key, or not.'),
    key('KmsKeyArn', 'The KMS key, for SSE-KMS.'),
  ],
};
