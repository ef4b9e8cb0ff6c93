import { flag, integer, list, map, object, shortText, text, texts, word, type Shape } from './spec.ts';

/** https://docs.aws.amazon.com/glue/latest/webapi/API_CreateCrawler.html */
export const crawler: Shape = {
  title: 'a crawler',
  fields: [
    shortText('Name', 255, 'The name of the crawler, unique in the account and region.', { isRequired: true }),
    text('Role', 'The IAM role that the crawler has: its name, or its ARN.', { isRequired: true, isOwned: true }),
    object('Targets', 'crawlerTargets', 'What it looks at. Terraform has a block for each target instead.', {
      isRequired: true,
    }),
    text('DatabaseName', 'The database of the Data Catalog that its tables are written to.'),
    shortText('Description', 2048, 'For people. At most 2048 characters.'),
    object(
      'Schedule',
      'crawlerSchedule',
      'When it runs, in UTC: `cron(minute hour day-of-month month day-of-week year)`; in CloudFormation as `ScheduleExpression` of an object.',
      { isOwned: true },
    ),
    texts('Classifiers', 'Names of your own classifiers, which are tried before those of Glue.'),
    shortText('TablePrefix', 128, 'How the names of its tables begin.'),
    object('SchemaChangePolicy', 'schemaChangePolicy', 'What happens to tables whose data has changed or gone.'),
    object('RecrawlPolicy', 'recrawlPolicy', 'Whether it looks at everything again, or at what is new.'),
    object('LineageConfiguration', 'lineage', 'Whether it keeps where data comes from.'),
    object('LakeFormationConfiguration', 'lakeFormation', 'Whether Lake Formation decides what it may read.'),
    text('Configuration', 'Further settings, as JSON text with `Version` 1.0.', { isOwned: true }),
    shortText('CrawlerSecurityConfiguration', 128, 'The name of a security configuration.', {
      names: { pulumi: 'securityConfiguration' },
    }),
    map('Tags', 'At most 50.'),
  ],
};

/** CloudFormation has an object where the API has the expression. */
export const crawlerSchedule: Shape = {
  title: 'a Schedule',
  fields: [text('ScheduleExpression', 'When it runs, in UTC: `cron(…)`.', { isOwned: true })],
};

export const crawlerTargets: Shape = {
  title: 'Targets',
  fields: [
    list('S3Targets', 's3Target', 'Folders in S3.', { names: { terraform: 's3_target' } }),
    list('JdbcTargets', 'jdbcTarget', 'Databases that a connection leads to.', { names: { terraform: 'jdbc_target' } }),
    list('MongoDBTargets', 'mongoTarget', 'MongoDB or DocumentDB databases that a connection leads to.', {
      names: {
        terraform: 'mongodb_target',
        pulumi: 'mongodbTargets',
        camel: 'mongoDbTargets',
        snake: 'mongo_db_targets',
      },
    }),
    list('DynamoDBTargets', 'dynamoTarget', 'Tables of DynamoDB.', {
      names: {
        terraform: 'dynamodb_target',
        pulumi: 'dynamodbTargets',
        camel: 'dynamoDbTargets',
        snake: 'dynamo_db_targets',
      },
    }),
    list('CatalogTargets', 'catalogTarget', 'Tables that are in the Data Catalog already.', {
      names: { terraform: 'catalog_target' },
    }),
    list('DeltaTargets', 'deltaTarget', 'Delta Lake tables.', { names: { terraform: 'delta_target' } }),
    list('IcebergTargets', 'tableTarget', 'Iceberg tables.', { names: { terraform: 'iceberg_target' } }),
    list('HudiTargets', 'tableTarget', 'Hudi tables.', { names: { terraform: 'hudi_target' } }),
  ],
};

const connectionName = text('ConnectionName', 'The connection that leads to it.');
const exclusions = texts('Exclusions', 'Glob patterns of what is left out.');
const queues = [
  text('EventQueueArn', 'An SQS queue that S3 tells of changes: for CRAWL_EVENT_MODE.'),
  text('DlqEventQueueArn', 'The SQS queue for messages that could not be read.'),
];

export const s3Target: Shape = {
  title: 'an S3 target',
  fields: [
    text('Path', 'A folder in S3, such as `s3://bucket/orders/`.', { isRequired: true }),
    exclusions,
    connectionName,
    integer('SampleSize', [1, 249], 'How many files of each leaf folder are looked at.'),
    ...queues,
  ],
};

export const jdbcTarget: Shape = {
  title: 'a JDBC target',
  fields: [
    text('ConnectionName', 'The JDBC connection that leads to the database.', { isRequired: true }),
    text('Path', 'What of the database: `database/schema/%`.'),
    exclusions,
    texts('EnableAdditionalMetadata', 'COMMENTS and RAWTYPES: what is kept beside names and types.'),
  ],
};

export const mongoTarget: Shape = {
  title: 'a MongoDB target',
  fields: [
    text('ConnectionName', 'The MongoDB connection that leads to the database.', { isRequired: true }),
    text('Path', '`database/collection`.'),
    flag('ScanAll', 'Whether every record is looked at, or a sample.'),
  ],
};

export const dynamoTarget: Shape = {
  title: 'a DynamoDB target',
  fields: [
    text('Path', 'The name of the table.', { isRequired: true }),
    flag('ScanAll', 'Whether every record is looked at, or a sample.', { names: { pascal: 'scanAll' } }),
    {
      name: 'ScanRate',
      value: { kind: 'number' },
      doc: 'The share of the read capacity of the table that it may use: 0.1 to 1.5.',
      names: { pascal: 'scanRate' },
    },
  ],
};

export const catalogTarget: Shape = {
  title: 'a catalog target',
  fields: [
    text('DatabaseName', 'The database of the tables.', { isRequired: true }),
    texts('Tables', 'The names of the tables.', { isRequired: true }),
    connectionName,
    ...queues,
  ],
};

export const deltaTarget: Shape = {
  title: 'a Delta target',
  fields: [
    texts('DeltaTables', 'Folders of Delta tables in S3.'),
    connectionName,
    flag('WriteManifest', 'Whether manifest files are written, for engines that know no Delta.'),
    flag('CreateNativeDeltaTable', 'Whether the table is a Delta table in the catalog as well.'),
  ],
};

export const tableTarget: Shape = {
  title: 'a target',
  fields: [
    texts('Paths', 'Folders in S3 that tables lie in.'),
    connectionName,
    exclusions,
    integer('MaximumTraversalDepth', [1, 20], 'How deep below a path it looks for tables.'),
  ],
};

export const schemaChangePolicy: Shape = {
  title: 'a SchemaChangePolicy',
  fields: [
    word('UpdateBehavior', ['UPDATE_IN_DATABASE', 'LOG'], 'What happens when the columns of a table have changed.'),
    word(
      'DeleteBehavior',
      ['DEPRECATE_IN_DATABASE', 'DELETE_FROM_DATABASE', 'LOG'],
      'What happens to a table whose data is gone.',
    ),
  ],
};

export const recrawlPolicy: Shape = {
  title: 'a RecrawlPolicy',
  fields: [
    word(
      'RecrawlBehavior',
      ['CRAWL_EVERYTHING', 'CRAWL_NEW_FOLDERS_ONLY', 'CRAWL_EVENT_MODE'],
      'Everything again, folders that are new, or what events of S3 tell of.',
    ),
  ],
};

export const lineage: Shape = {
  title: 'a LineageConfiguration',
  fields: [word('CrawlerLineageSettings', ['ENABLE', 'DISABLE'], 'Whether lineage is kept.')],
};

export const lakeFormation: Shape = {
  title: 'a LakeFormationConfiguration',
  fields: [
    flag('UseLakeFormationCredentials', 'Whether it reads with credentials of Lake Formation, not of its role.'),
    shortText('AccountId', 12, 'The account of the data, where it is another.'),
  ],
};
