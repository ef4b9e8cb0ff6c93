import { MarkupKind, RequestType, type Connection, type Hover } from 'vscode-languageserver';
import type { NamesOf } from '../core/asl/complete.ts';
import { describeMention, proposals } from '../core/existence/assistance.ts';
import { kindOfField } from '../core/existence/glueMentions.ts';
import { kindOfParameter } from '../core/existence/parameterKinds.ts';
import { questionsOf, type Questions } from '../core/existence/questions.ts';
import type { FieldNamesOf } from '../core/glue/index.ts';
import type { AccountInventory } from './accountInventory.ts';
import type { Documents, DocumentSettings, LanguageDocument, ReadFile } from './documents.ts';
import { guard } from './guard.ts';
import type { AtPlace } from './serveNames.ts';

/** What a document wants to know of the account; null where it names nothing. */
const questionsRequest = new RequestType<{ readonly uri: string }, Questions | null, void>('sluice/questions');

export interface InventoryServing {
  readonly documents: Documents;
  readonly account: AccountInventory;
  readonly settings: () => Promise<DocumentSettings>;
  readonly readFile: ReadFile;
  readonly log: (message: string) => void;
}

/** Answers what an open document wants to know, by what the editor knows by then. */
export function serveQuestions(connection: Connection, serving: InventoryServing): void {
  connection.onRequest(
    questionsRequest,
    guard(serving.log, 'questions', async ({ uri }) => {
      const document = serving.documents.get(uri);
      if (document === undefined) return null;
      const known = await serving.account.latest();
      const questions = questionsOf(document.named(await serving.settings(), serving.readFile), known);
      return questions.kinds.length === 0 && questions.about.length === 0 ? null : questions;
    }),
  );
}

/** A hover with what is known of the name at the place, and since when. */
export async function withAge(
  hover: Hover | null,
  { position }: AtPlace,
  document: LanguageDocument,
  { account, settings, readFile }: Pick<InventoryServing, 'account' | 'settings' | 'readFile'>,
): Promise<Hover | null> {
  const known = account.get();
  if (known === undefined) return hover;
  const mention = document.mentionAt(document.lines.offsetAt(position), await settings(), readFile);
  const words = mention && describeMention(mention, known, Date.now());
  if (mention === undefined || words === undefined) return hover;
  const before = hover && typeof hover.contents === 'object' && 'value' in hover.contents ? hover.contents.value : '';
  const value = before === '' ? words : `${before}\n\n${words}`;
  const range = document.lines.rangeOf(mention.node.start, mention.node.end);
  return { contents: { kind: MarkupKind.Markdown, value }, range: hover?.range ?? range };
}

/** Names of the account for parameters of tasks. */
export function namesOfParameters(account: AccountInventory): NamesOf {
  return ({ service, action, parameter }, typed) => {
    const known = account.get();
    const kind = kindOfParameter(service, action, parameter);
    if (known === undefined || kind === undefined) return [];
    const form = parameter.endsWith('Arn') ? 'arn' : parameter === 'QueueUrl' ? 'address' : 'name';
    return proposals(kind, typed, known, form);
  };
}

/** Names of the account for fields of configs. */
export function namesOfFields(account: AccountInventory): FieldNamesOf {
  return ({ shape, field }, typed) => {
    const known = account.get();
    const kind = kindOfField(shape, field);
    // A location begins with more than the name of its bucket.
    return known === undefined || kind === undefined || kind === 's3Bucket' ? [] : proposals(kind, typed, known);
  };
}
