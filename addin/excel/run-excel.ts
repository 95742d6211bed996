/**
 * The only way into Excel.run: every failure leaves here as a HostFailure with a code of ours.
 */
import { HostFailure, type HostFailureCode } from '../sheet-host.ts'

/** `error.code` of Office.js; its message is localised and never shown. */
const CODES: Record<string, HostFailureCode> = {
  InvalidOperationInCellEditMode: 'cell-editing',
  ActivityLimitReached: 'busy',
  RequestAborted: 'busy',
  ServiceNotAvailable: 'busy',
  RequestPayloadSizeLimitExceeded: 'too-large',
  ResponsePayloadSizeLimitExceeded: 'too-large',
  AccessDenied: 'access-denied',
  ItemNotFound: 'sheet-missing',
  ApiNotAvailable: 'api-missing',
  ApiNotFound: 'api-missing',
  UnsupportedFeature: 'api-missing',
  UnsupportedOperation: 'api-missing',
}

/** Runs one batch against Excel. Rejects with a HostFailure; a bug of ours passes through as it is. */
export async function runExcel<T>(batch: (context: Excel.RequestContext) => Promise<T>): Promise<T> {
  try {
    return await Excel.run(batch)
  } catch (error) {
    throw toHostFailure(error)
  }
}

/**
 * Runs a batch whose changes must not come back to us as events. Switched on again even after a
 * failure: a pane that no longer hears the user's edits would show stale results.
 */
export function runQuietly<T>(batch: (context: Excel.RequestContext) => Promise<T>): Promise<T> {
  return runExcel(async (context) => {
    context.runtime.enableEvents = false
    try {
      return await batch(context)
    } finally {
      context.runtime.enableEvents = true
      await context.sync()
    }
  })
}

/** A failure of ours for one of Office.js; anything else unchanged. */
export function toHostFailure(error: unknown): unknown {
  if (!(error instanceof OfficeExtension.Error)) return error
  return new HostFailure(CODES[error.code] ?? 'unknown', error.code)
}
