/**
 * What every answer of the Worker tells the browser: not to run, frame, guess, leak or keep it. The
 * static pages have their own, in addin/public/_headers.
 */

/** No answer of the Worker is a page that loads anything, so everything is off. */
const HEADERS: Record<string, string> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Referrer-Policy': 'no-referrer',
  // A browser that came over plain http, as on a developer's machine, ignores it.
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
}

/** The response with every header of the above that it does not set itself. */
export function withSecurityHeaders(response: Response): Response {
  for (const [name, value] of Object.entries(HEADERS)) {
    if (!response.headers.has(name)) response.headers.set(name, value)
  }
  return response
}
