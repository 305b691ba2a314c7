/** A language server that does nothing but answer: what the transport and the library cost by themselves. */
import { createConnection } from 'vscode-languageserver/node';

const connection = createConnection();
let version = 0;
connection.onInitialize(() => ({ capabilities: { textDocumentSync: 2, hoverProvider: true } }));
connection.onDidChangeTextDocument((change) => {
  version = change.textDocument.version;
});
connection.onHover(() => ({ contents: { kind: 'markdown', value: `version ${version}` } }));
connection.listen();
