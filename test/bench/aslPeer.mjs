import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What amazon-states-language-service, installed in `folder`, says of a text. */
export function openPeer(folder) {
  const { TextDocument, getLanguageService } = createRequire(join(folder, 'package.json'))(
    'amazon-states-language-service',
  );
  const service = getLanguageService({});
  return (text) => {
    const document = TextDocument.create('file:///machine.asl.json', 'asl', 1, text);
    const settings = { comments: 'error', trailingCommas: 'error' };
    return service.doValidation(document, service.parseJSONDocument(document), settings);
  };
}
