/** Options of a command: a word that it does not know is answered by how to use it, not by a stack. */
import { type ParseArgsConfig, parseArgs } from 'node:util'

/** As node:util's parseArgs. What does not fit the config ends the process with status 2 and prints `usage`. */
export function readArguments<Config extends ParseArgsConfig>(
  config: Config,
  usage: string,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config)
  } catch {
    process.stderr.write(`用法 usage: ${usage}\n`)
    process.exit(2)
  }
}
