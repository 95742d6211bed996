/**
 * Makes the manifest of one environment from manifest.xml, which itself is the one for this machine.
 *
 *   node tools/render-manifest.ts --base-url https://example.org [--dev] [--id <guid>] --out manifest.out.xml
 */
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const LOCAL_BASE = 'https://localhost:8787'
const LOCAL_ID = '4b1f6c1e-7d0a-4c57-9f0e-2a6d5c83e9b4'

export type ManifestOptions = {
  /** https origin of the server, without a path. */
  baseUrl: string
  /** Adds [dev] to the names, so that two installations can be told apart. */
  dev: boolean
  /** Identity of the add-in; without one it follows from the base URL, so that each server keeps its own. */
  id?: string
}

/** The template with its addresses, id and names set. Throws on a base URL that Office would refuse. */
export function renderManifest(template: string, options: ManifestOptions): string {
  const url = new URL(options.baseUrl)
  if (url.protocol !== 'https:') throw new Error(`the base URL must be https: ${options.baseUrl}`)
  if (url.pathname !== '/' || url.search || url.hash || url.username)
    throw new Error(`the base URL must be an origin without a path: ${options.baseUrl}`)
  const id = options.id ?? (url.origin === LOCAL_BASE && !options.dev ? LOCAL_ID : idFor(url.origin, options.dev))
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw new Error(`not a GUID: ${id}`)
  const addressed = template.replaceAll(LOCAL_BASE, url.origin).replace(LOCAL_ID, id)
  return options.dev ? markNames(addressed) : addressed
}

/** A GUID that is the same for the same server every time. */
function idFor(origin: string, dev: boolean): string {
  const hash = createHash('sha256')
    .update(`${origin}${dev ? ' dev' : ''}`)
    .digest('hex')
  const variant = ((Number.parseInt(hash.charAt(16), 16) & 3) | 8).toString(16)
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    variant + hash.slice(17, 20),
    hash.slice(20, 32),
  ].join('-')
}

/** Names that the user sees: of the add-in, and of its group and button on the ribbon. */
function markNames(manifest: string): string {
  return manifest.replace(
    /(<DisplayName |<bt:String id="(?:Group|Open)\.Label" )([\s\S]*?)(<\/DisplayName>|<\/bt:String>)/g,
    (_, open: string, body: string, close: string) =>
      open + body.replace(/(DefaultValue|Value)="([^"]*)"/g, '$1="$2 [dev]"') + close,
  )
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'base-url': { type: 'string' },
      dev: { type: 'boolean', default: false },
      id: { type: 'string' },
      out: { type: 'string' },
    },
  })
  const baseUrl = values['base-url']
  if (!baseUrl || !values.out) {
    console.error('usage: node tools/render-manifest.ts --base-url https://… [--dev] [--id <guid>] --out <file>')
    process.exitCode = 2
    return
  }
  const template = await readFile(new URL('../manifest.xml', import.meta.url), 'utf8')
  const options: ManifestOptions = { baseUrl, dev: values.dev, ...(values.id === undefined ? {} : { id: values.id }) }
  await writeFile(values.out, renderManifest(template, options))
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
