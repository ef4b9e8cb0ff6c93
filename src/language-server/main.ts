import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server.ts';

// Speaks over Node's IPC to VS Code and, with --stdio, to any other editor.
startServer(createConnection(ProposedFeatures.all));
