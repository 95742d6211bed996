// Bundles a module of the pane for a page of a test: its exports become a global variable there.

import preact from '@preact/preset-vite'
import { build, type Rolldown } from 'vite'

/** One classic script; CSS that the module imports is left out. */
export async function bundleForPage(entry: string, global: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [preact()],
    define: { 'process.env.NODE_ENV': '"test"' },
    build: { write: false, minify: false, target: 'chrome109', lib: { entry, formats: ['iife'], name: global } },
  })
  const outputs = (Array.isArray(result) ? result : [result]) as Rolldown.RolldownOutput[]
  const chunk = outputs.flatMap(({ output }) => output).find((file) => file.type === 'chunk')
  if (!chunk) throw new Error(`nothing came out of bundling ${entry}`)
  return chunk.code
}
