type SystemError = NodeJS.ErrnoException & { address?: string; hostname?: string };

/** What the machine or the database refused, as one sentence for the person; null for what nobody foresaw. */
export function sentenceOf(error: unknown): string | null {
  const { code = '', path, address, hostname, message } = (error ?? {}) as SystemError;
  const named = path === undefined ? '' : `: ${path}`;
  if (code.startsWith('SQLITE_')) return sentenceOfDatabase(code, message);
  if (code === 'DATABASE_AWAY') return message;
  if (code.startsWith('ERR_OSSL') || code.startsWith('ERR_TLS'))
    return `The certificate of TLS_CERT or the key of TLS_KEY cannot be used: ${message}`;
  switch (code) {
    case 'ENOENT':
      return `There is no such file or folder${named}`;
    case 'EISDIR':
      return `This is a folder and not a file${named}`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `This is in the way${named}. It must be a folder, or not be there.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `No permission: ${message}`;
    case 'ENOSPC':
      return 'The disk is full. Make room and try again.';
    case 'EADDRINUSE':
      return 'Another program listens on this port. Stop it, or set PORT to another one.';
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${address ?? hostname}. Set HOST to one that it has.`;
    default:
      return null;
  }
}

function sentenceOfDatabase(code: string, message: string): string | null {
  if (code.startsWith('SQLITE_BUSY'))
    return 'Another program holds the database. Try again when it is ready.';
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN'))
    return `The database in DATA_DIR cannot be opened for writing: ${message}`;
  switch (code) {
    case 'SQLITE_FULL':
      return 'The disk is full. Make room and try again.';
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return `klantpuls.db in DATA_DIR is damaged or no database (${message}). Move it away and restore a backup.`;
    default:
      return null;
  }
}
