import { AwsError } from '../../http/awsError.ts';
import type { Input, Members } from '../../http/input.ts';
import type { Operation } from '../../http/jsonService.ts';
import { pageByKey } from '../../http/paging.ts';
import { seconds } from '../../http/time.ts';
import { accountId } from '../../sts.ts';
import { nameLimits, pageAsk } from '../jobOperations.ts';
import type { Catalog } from './catalog.ts';
import type { DatabaseRecord } from './records.ts';

/** Databases of the Data Catalog. */
export function databaseOperations(catalog: Catalog): Readonly<Record<string, Operation>> {
  return {
    CreateDatabase: async (input) => {
      const { name, definition } = definitionIn(input);
      if (catalog.findDatabase(name)) throw new AwsError('AlreadyExistsException', `Database already exists: ${name}.`);
      await catalog.putDatabase(name, definition);
      return {};
    },
    UpdateDatabase: async (input) => {
      const { name } = catalog.getDatabase(input.text('Name', nameLimits));
      await catalog.putDatabase(name, definitionIn(input).definition);
      return {};
    },
    GetDatabase: (input) => ({ Database: presentDatabase(catalog.getDatabase(input.text('Name', nameLimits))) }),
    GetDatabases: (input) => {
      const page = pageByKey(catalog.listDatabases(), ({ name }) => name, pageAsk(input, 100));
      return { DatabaseList: page.items.map(presentDatabase), NextToken: page.nextToken };
    },
    DeleteDatabase: async (input) => {
      await catalog.deleteDatabase(input.text('Name', nameLimits));
      return {};
    },
  };
}

function definitionIn(input: Input): { readonly name: string; readonly definition: Members } {
  const given = input.object('DatabaseInput');
  return { name: given.text('Name', nameLimits), definition: given.members };
}

function presentDatabase({ name, definition, createdMs }: DatabaseRecord): Members {
  return { ...definition, Name: name, CreateTime: seconds(createdMs), CatalogId: accountId };
}
