/** Answers that a client may keep as long as their version stands (RFC 9110, If-None-Match). */

/** Headers of an answer under its version, an ETag with its quotes. */
export function versionHeaders(etag: string): { ETag: string; 'Cache-Control': string } {
  return { ETag: etag, 'Cache-Control': 'private, no-cache' }
}

/** Whether the client has this version already. `ifNoneMatch`: the header, where it was sent. */
export function isKnown(ifNoneMatch: string | undefined, { ETag }: { ETag: string }): boolean {
  const known = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return known.includes(ETag) || known.includes('*')
}
