/** What is announced to every process when a key was made, changed or deleted, so that it asks for its keys again. */
export const keysChanged = 'accounts_keys_changed';
