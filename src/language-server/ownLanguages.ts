import {
  BulkRegistration,
  DocumentFormattingRequest,
  FoldingRangeRequest,
  RegistrationType,
  SelectionRangeRequest,
  SemanticTokensRegistrationType,
  type ClientCapabilities,
  type Connection,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { semanticTokensLegend } from './features/layout.ts';

/** The languages that are Sluice's own: elsewhere a second provider would displace the language's. */
const documentSelector = [{ language: 'asl' }, { language: 'asl-yaml' }];

/** What only the languages of Sluice get: folding, selection, formatting, colours. */
const features = [
  {
    type: FoldingRangeRequest.type,
    isDynamic: ({ textDocument }: ClientCapabilities) => textDocument?.foldingRange?.dynamicRegistration,
    options: {},
    capabilities: { foldingRangeProvider: true },
  },
  {
    type: SelectionRangeRequest.type,
    isDynamic: ({ textDocument }: ClientCapabilities) => textDocument?.selectionRange?.dynamicRegistration,
    options: {},
    capabilities: { selectionRangeProvider: true },
  },
  {
    type: DocumentFormattingRequest.type,
    isDynamic: ({ textDocument }: ClientCapabilities) => textDocument?.formatting?.dynamicRegistration,
    options: {},
    capabilities: { documentFormattingProvider: true },
  },
  {
    type: SemanticTokensRegistrationType.type,
    isDynamic: ({ textDocument }: ClientCapabilities) => textDocument?.semanticTokens?.dynamicRegistration,
    options: { legend: semanticTokensLegend, full: true },
    capabilities: { semanticTokensProvider: { legend: semanticTokensLegend, full: true } },
  },
] as const;

/** The capabilities to answer with, for editors that cannot be told later for which languages they are. */
export function ownLanguageCapabilities(client: ClientCapabilities): ServerCapabilities {
  return Object.assign(
    {},
    ...features.filter(({ isDynamic }) => isDynamic(client) !== true).map(({ capabilities }) => capabilities),
  ) as ServerCapabilities;
}

/** Tells all other editors. */
export async function registerOwnLanguages(connection: Connection, client: ClientCapabilities): Promise<void> {
  const registrations = BulkRegistration.create();
  for (const { type, isDynamic, options } of features) {
    if (isDynamic(client) === true)
      registrations.add(new RegistrationType(type.method), { documentSelector, ...options });
  }
  await connection.client.register(registrations);
}
