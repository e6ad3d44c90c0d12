import { once } from 'node:events';
import { connect as dial } from 'node:net';
import pg from 'pg';

/** What libpq knows (PostgreSQL's manual, 34.19), and pg's own `no-verify`, which is libpq's `require`. */
const modes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];

/** Milliseconds that a server may take to say whether it speaks TLS; as long as a connection may take. */
const answerMs = 5_000;

/** The SSLRequest of PostgreSQL's protocol (manual, 54.7): length 8, code 80877103. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/**
 * The same database as `url`, with `sslmode` as libpq means it, in the words that pg takes the same way: `require` encrypts and
 * checks nothing unless `sslrootcert` names an authority, `prefer` (also without any mode) encrypts where the server can, `allow`
 * where it must. The two ask the server, once; their errors are those of a connection. `fallback` is the mode of a URL
 * without one (libpq's PGSSLMODE). Throws an Error that names the rule for a mode that can't be.
 */
export async function chooseTls(url: string, fallback = process.env.PGSSLMODE): Promise<string> {
  const parameters = new URLSearchParams(url.split('?').slice(1).join('?'));
  // pg's own word for TLS, with its own meaning: checked in full.
  if (!parameters.has('sslmode') && parameters.has('ssl')) return url;
  const mode = parameters.get('sslmode') ?? (fallback || 'prefer');
  if (!modes.includes(mode)) throw new Error(`sslmode must be one of ${modes.slice(0, -1).join(', ')}, is '${mode}'`);
  if (parameters.get('sslrootcert') === 'system') parameters.delete('sslrootcert');
  if (mode === 'verify-ca' && !parameters.has('sslrootcert')) {
    throw new Error(
      'sslmode=verify-ca needs sslrootcert=/path/of/the/authority.pem beside it; verify-full without one trusts the public authorities',
    );
  }
  const plain = writeUrl(url, parameters, 'disable');
  const { host } = new pg.Client({ connectionString: plain });
  if (mode === 'disable' || host.startsWith('/')) return plain;
  if (mode.startsWith('verify') || mode === 'require') return writeUrl(url, parameters, mode);
  // None of these checks whom it talks to; with an authority named, `require` would.
  parameters.delete('sslrootcert');
  const encrypted = writeUrl(url, parameters, 'require');
  if (mode === 'no-verify') return encrypted;
  if (mode === 'allow') return (await isPlainRefused(plain)) ? encrypted : plain;
  return (await speaksTls(plain)) ? encrypted : plain;
}

/** An error of the TLS handshake in one sentence with the words to write; any other as it is. */
export function explainTls(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = String((error as { code?: unknown }).code ?? '');
  if (/^(DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CERT_|ERR_TLS_CERT_)/.test(code)) {
    return new Error(
      `the database's certificate isn't trusted (${code}): name its authority in DATABASE_URL with sslmode=verify-full&sslrootcert=/path/of/the/` +
        'authority.pem, or write sslmode=require without sslrootcert, which encrypts and checks nothing',
      { cause: error },
    );
  }
  if (error.message === 'The server does not support SSL connections') {
    return new Error(
      "the database doesn't speak TLS, and sslmode in DATABASE_URL demands it: turn it on there, or write sslmode=disable",
      { cause: error },
    );
  }
  return error;
}

function writeUrl(url: string, parameters: URLSearchParams, mode: string): string {
  const written = new URLSearchParams(parameters);
  if (mode === 'disable') {
    for (const name of ['sslrootcert', 'sslcert', 'sslkey', 'sslnegotiation']) written.delete(name);
  }
  written.set('sslmode', mode);
  // Makes pg's parser mean by a mode what libpq means, and say no word of what it will mean in a later version.
  written.set('uselibpqcompat', 'true');
  return `${url.split('?')[0]}?${written}`;
}

async function speaksTls(url: string): Promise<boolean> {
  const { host, port } = new pg.Client({ connectionString: url });
  const socket = dial(port, host).setTimeout(answerMs);
  socket.on('timeout', () => socket.destroy(new Error('connection timeout: the database says nothing')));
  try {
    await once(socket, 'connect');
    socket.write(sslRequest);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer.toString('latin1', 0, 1) === 'S';
  } finally {
    socket.destroy();
  }
}

async function isPlainRefused(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: answerMs });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return false;
  } catch (error) {
    // invalid_authorization_specification: "no pg_hba.conf entry for …, no encryption".
    if ((error as { code?: unknown }).code === '28000') return true;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
