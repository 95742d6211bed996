/**
 * The only way into the logs. A bug is logged with its request id and where in the code it happened;
 * what its message may have quoted (a cell, a body, a key) stays out.
 */

const MAX_MESSAGE = 300

/** Logs a bug as one line of JSON. `about`: what was being done, where that does not follow from the stack. */
export function logBug(requestId: string, error: unknown, about?: string): void {
  console.error(JSON.stringify({ requestId, ...(about === undefined ? {} : { about }), ...describeBug(error) }))
}

/** Name, message without quotations, and the frames of the stack. */
export function describeBug(error: unknown): { error: string; stack?: string[] } {
  if (!(error instanceof Error)) return { error: withoutQuotations(String(error)) }
  const stack = (error.stack ?? '').replace(error.message, '')
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  return { error: `${error.name}: ${withoutQuotations(error.message)}`, stack: frames.map((frame) => frame.trim()) }
}

/**
 * Messages of the runtime and of D1 are plain English with names in them. Whatever else stands there
 * was taken from data: texts in quotation marks, other scripts, long numbers, long words. (A plain
 * English word out of a cell, without quotation marks, would stay: no code of ours writes such a message.)
 */
function withoutQuotations(message: string): string {
  return message
    .replace(/["'`].*["'`]|["'`].*/s, '"…"')
    .replace(/[^\x20-\x7e…]+/g, '…')
    .replace(/\d{5,}|[\w-]{32,}|mt_\w+/g, '…')
    .slice(0, MAX_MESSAGE)
}
