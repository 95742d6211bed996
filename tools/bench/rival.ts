/**
 * A Python script that does by openpyxl what we do, kept running so that it can take turns with us:
 * for each line it reads it does the work once and prints the milliseconds, its own start not counted.
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { closeAtEnd } from './closing.ts'

export type Rival = { round: () => Promise<number>; stop: () => Promise<void> }

/** Starts `script` of this folder. Its rounds reject when it has ended. */
export function startRival(python: string, script: string, args: string[]): Rival {
  const child = spawn(python, [fileURLToPath(new URL(script, import.meta.url)), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((done) => child.on('close', () => done()))
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const stop = async () => {
    child.stdin.end()
    await ended
  }
  closeAtEnd(stop)
  return {
    stop,
    round: async () => {
      child.stdin.write('\n')
      const { value } = await answers.next()
      if (value === undefined) throw new Error(`${script} ended`)
      return Number(value)
    },
  }
}
