import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';

/** A certificate with its private key, both PEM, ready for `https.createServer`. */
export interface ServerCertificate {
  cert: string;
  key: string;
}

export interface CertificateOptions {
  /** Host names and IPv4 addresses that the certificate is for. */
  names: readonly string[];
  /** Default: one hour ago. */
  validFrom?: Date;
  /** Default: in one day. */
  validUntil?: Date;
}

export interface LocalAuthority {
  /** PEM; give it to the client as its only authority, or through NODE_EXTRA_CA_CERTS to another process. */
  ca: string;
  issue(options: CertificateOptions): ServerCertificate;
}

/**
 * A throw-away certificate authority, made in JavaScript: a bare machine has no `openssl`, and Node can sign but not
 * write certificates. P-256 keys, X.509 version 3, DER by hand (RFC 5280). Only for tests and demonstrations.
 */
export function createLocalAuthority(): LocalAuthority {
  const keys = createKeys();
  // A client that trusts several looks them up by name: two of one name are taken for each other.
  const caName = `Local test authority ${randomBytes(8).toString('hex')}`;
  const { cert } = writeCertificate({ subject: caName, publicKey: keys.publicKey, issuer: caName, issuerKey: keys });
  return {
    ca: cert,
    issue: (options) => {
      const own = createKeys();
      return writeCertificate({
        ...options,
        subject: 'server',
        publicKey: own.publicKey,
        issuer: caName,
        issuerKey: keys,
        own,
      });
    },
  };
}

/** A certificate that vouches only for itself. */
export function createSelfSigned(options: CertificateOptions): ServerCertificate {
  const own = createKeys();
  return writeCertificate({
    ...options,
    subject: 'self',
    publicKey: own.publicKey,
    issuer: 'self',
    issuerKey: own,
    own,
  });
}

interface Keys {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

interface Draft extends Partial<CertificateOptions> {
  subject: string;
  publicKey: KeyObject;
  issuer: string;
  issuerKey: Keys;
  own?: Keys;
}

const hourMs = 3_600_000;
const oids = {
  ecdsaWithSha256: '2a8648ce3d040302',
  commonName: '550403',
  keyUsage: '551d0f',
  subjectAltName: '551d11',
  basicConstraints: '551d13',
};

function createKeys(): Keys {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function writeCertificate(draft: Draft): ServerCertificate {
  const algorithm = der(0x30, oid(oids.ecdsaWithSha256));
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    algorithm,
    commonName(draft.issuer),
    der(
      0x30,
      time(draft.validFrom ?? new Date(Date.now() - hourMs)),
      time(draft.validUntil ?? new Date(Date.now() + 24 * hourMs)),
    ),
    commonName(draft.subject),
    draft.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, ...extensions(draft.names))),
  );
  const signature = sign('sha256', body, draft.issuerKey.privateKey);
  const whole = der(0x30, body, algorithm, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: (draft.own ?? draft.issuerKey).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Without names it is an authority, with names a server. */
function extensions(names: readonly string[] | undefined): Buffer[] {
  if (names === undefined) {
    const certSign = Buffer.from([0x01, 0x06]);
    return [
      extension(oids.basicConstraints, der(0x30, der(0x01, Buffer.from([0xff])))),
      extension(oids.keyUsage, der(0x03, certSign)),
    ];
  }
  const altNames = names.map((name) =>
    isIP(name) === 4 ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name)),
  );
  return [extension(oids.subjectAltName, der(0x30, ...altNames))];
}

function extension(id: string, value: Buffer): Buffer {
  return der(0x30, oid(id), der(0x04, value));
}

function commonName(name: string): Buffer {
  return der(0x30, der(0x31, der(0x30, oid(oids.commonName), der(0x0c, Buffer.from(name)))));
}

function time(date: Date): Buffer {
  const text = date.toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${text}Z`));
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

/** Tag, length, content. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.length;
  if (length < 128) return Buffer.concat([Buffer.from([tag, length]), content]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length]), bytes, content]);
}
