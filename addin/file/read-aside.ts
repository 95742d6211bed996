/** The thread that reads one workbook: a large file takes seconds, in which the page must not stand still. */
import { readResult } from './read-result.ts'

self.onmessage = ({ data }: MessageEvent<Uint8Array>) => {
  readResult(data).then(
    (result) => self.postMessage(result),
    (error) => {
      // Told to the page as an error of this thread.
      setTimeout(() => {
        throw error
      })
    },
  )
}
