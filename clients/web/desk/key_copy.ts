// The encrypted key file in this browser, when the adviser asks for it: the same bytes as in the file, of no use to
// anybody without the passphrase. Nothing else is kept on the device.

export interface KeyCopy {
  readonly name: string; // of the file it came from
  readonly bytes: Uint8Array;
}

const kDatabase = 'omzien-desk';
const kStore = 'key-file';
const kKey = 'mine';

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no answer'));
  });
}

async function with_store<T>(mode: IDBTransactionMode, use: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(kDatabase, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(kStore);
  const database = await answered(opening);
  try {
    const transaction = database.transaction(kStore, mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('not written'));
    });
    const [found] = await Promise.all([answered(use(transaction.objectStore(kStore))), done]); // written when it is through
    return found;
  } finally {
    database.close();
  }
}

// Nothing when there is none, or where the browser keeps nothing for pages.
export async function read_copy(): Promise<KeyCopy | null> {
  try {
    const databases = await indexedDB.databases?.();
    if (databases && !databases.some(({ name }) => name === kDatabase)) return null; // a look leaves nothing behind
    const found: unknown = await with_store('readonly', (store) => store.get(kKey));
    const copy = found as Partial<KeyCopy> | undefined;
    return copy?.bytes instanceof Uint8Array && typeof copy.name === 'string' ? (copy as KeyCopy) : null;
  } catch {
    return null;
  }
}

// False where the browser does not let a page keep anything.
export async function keep_copy(copy: KeyCopy): Promise<boolean> {
  try {
    await with_store('readwrite', (store) => store.put(copy, kKey));
    return true;
  } catch {
    return false;
  }
}

// False where it may be there still: the browser refused, or another tab holds it.
export async function forget_copy(): Promise<boolean> {
  try {
    const asked = indexedDB.deleteDatabase(kDatabase);
    const held = new Promise<never>((_, reject) => (asked.onblocked = () => reject(new Error('held'))));
    await Promise.race([answered(asked), held]);
    return true;
  } catch {
    return false;
  }
}
