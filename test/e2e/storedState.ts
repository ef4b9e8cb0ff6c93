/** What of a browser's IndexedDB is used here: this project's types know nothing of browsers. */
interface Store {
  open(name: string): Request<{ transaction(store: string): { objectStore(name: string): Rows }; close(): void }>;
  databases(): Promise<readonly { readonly name: string }[]>;
}
interface Rows {
  getAll(): Request<readonly unknown[]>;
}
interface Request<T> {
  readonly result: T;
  onsuccess: (() => void) | null;
  onerror: (() => void) | null;
}

/** Runs in the page: all that VS Code keeps of its windows, as one text. */
export async function storedState(): Promise<string> {
  const { indexedDB } = globalThis as unknown as { indexedDB: Store };
  const done = async <T>(request: Request<T>): Promise<T> => {
    await new Promise<void>((resolve, reject) => {
      request.onsuccess = () => resolve();
      request.onerror = () => reject(new Error('The storage of VS Code cannot be read.'));
    });
    return request.result;
  };
  const texts: unknown[] = [];
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db')) continue;
    const database = await done(indexedDB.open(name));
    texts.push(...(await done(database.transaction('ItemTable').objectStore('ItemTable').getAll())));
    database.close();
  }
  return texts.join('\n');
}
