/** What stands where something was erased. */

/** In the place of a personal text. */
export const ERASED_MARK = '〔已清除〕'

/** In the place of the hash of a body that held it: the real one would help to guess the text. */
export const ERASED_HASH = '0'.repeat(64)
