import { AwsError } from '../../http/awsError.ts';
import type { Input, Members } from '../../http/input.ts';
import type { Operation } from '../../http/jsonService.ts';
import { pageByKey } from '../../http/paging.ts';
import { seconds } from '../../http/time.ts';
import { accountId } from '../../sts.ts';
import { invalidInput } from '../errors.ts';
import { nameLimits, pageAsk } from '../jobOperations.ts';
import type { Catalog } from './catalog.ts';
import type { TableRecord } from './records.ts';

/** Tables of the Data Catalog. */
export function tableOperations(catalog: Catalog): Readonly<Record<string, Operation>> {
  const databaseIn = (input: Input): string => catalog.getDatabase(input.text('DatabaseName', nameLimits)).name;
  return {
    CreateTable: async (input) => {
      const database = databaseIn(input);
      const { name, definition } = definitionIn(input);
      if (catalog.findTable(database, name))
        throw new AwsError('AlreadyExistsException', `Table already exists: ${name}.`);
      await catalog.putTable(database, name, definition);
      return {};
    },
    UpdateTable: async (input) => {
      const database = databaseIn(input);
      const { name, definition } = definitionIn(input);
      await catalog.putTable(database, catalog.getTable(database, name).name, definition);
      return {};
    },
    GetTable: (input) => ({
      Table: presentTable(catalog.getTable(databaseIn(input), input.text('Name', nameLimits))),
    }),
    GetTables: (input) => {
      const isAsked = nameTest(input.optionalText('Expression', { max: 2048 }));
      const found = catalog.listTables(databaseIn(input)).filter(({ name }) => isAsked(name));
      const page = pageByKey(found, ({ name }) => name, pageAsk(input, 100));
      return { TableList: page.items.map(presentTable), NextToken: page.nextToken };
    },
    DeleteTable: async (input) => {
      await catalog.deleteTable(databaseIn(input), input.text('Name', nameLimits));
      return {};
    },
    BatchDeleteTable: async (input) => {
      const database = databaseIn(input);
      const errors: Members[] = [];
      for (const name of input.texts('TablesToDelete')) {
        try {
          await catalog.deleteTable(database, name);
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          errors.push({ TableName: name, ErrorDetail: { ErrorCode: error.code, ErrorMessage: error.message } });
        }
      }
      return { Errors: errors };
    },
  };
}

function definitionIn(input: Input): { readonly name: string; readonly definition: Members } {
  const given = input.object('TableInput');
  return { name: given.text('Name', nameLimits), definition: given.members };
}

/** A regular expression over whole names, in which `*` alone stands for anything, as the console writes it. */
function nameTest(expression: string | undefined): (name: string) => boolean {
  if (expression === undefined || expression === '') return () => true;
  try {
    const pattern = new RegExp(`^(?:${expression.replace(/(^|[^.\])])\*/g, '$1.*')})$`, 'i');
    return (name) => pattern.test(name);
  } catch {
    throw invalidInput(`The expression "${expression}" is no pattern.`);
  }
}

function presentTable({ database, name, definition, createdMs, updatedMs }: TableRecord): Members {
  return {
    PartitionKeys: [],
    ...definition,
    Name: name,
    DatabaseName: database,
    CreateTime: seconds(createdMs),
    UpdateTime: seconds(updatedMs),
    CatalogId: accountId,
    IsRegisteredWithLakeFormation: false,
    VersionId: '0',
  };
}
