// IndexedDB as promises.

/** What a request brings; of a transaction, that it is complete. */
export function settled<Type>(request: IDBRequest<Type>): Promise<Type>;
export function settled(transaction: IDBTransaction): Promise<void>;
export function settled(asked: IDBRequest | IDBTransaction): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (asked instanceof IDBTransaction) {
      asked.oncomplete = () => resolve(undefined);
      asked.onabort = () => reject(asked.error);
    } else {
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    }
  });
}
