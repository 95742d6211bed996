/**
 * Builds the pane and the browser page into dist/, which the Worker serves as static assets.
 *
 * OFFICE_JS_URL says where the pane gets office.js from: Microsoft's server unless set; 21Vianet's
 * (https://appsforoffice.cdn.partner.office365.cn/appsforoffice/lib/1/hosted/office.js); or a copy on
 * this very server, as a path (/office-js/office.js). The content security policy follows it.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import preact from '@preact/preset-vite'
import { defineConfig, type Plugin } from 'vite'

const OFFICE_JS_URL = process.env.OFFICE_JS_URL ?? 'https://appsforoffice.microsoft.com/lib/1/hosted/office.js'

/** Sources that office.js itself loads scripts from, beside its own. */
const OFFICE_JS_LIBRARIES = 'https://ajax.aspnetcdn.com'

function officeSource(url: string): Plugin {
  const isPath = url.startsWith('/') && !url.startsWith('//')
  if (!isPath && !url.startsWith('https://')) throw new Error(`OFFICE_JS_URL is neither https nor a path: ${url}`)
  const origins = isPath ? '' : `${new URL(url).origin} ${OFFICE_JS_LIBRARIES}`
  let outDir = ''
  return {
    name: 'office-source',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
    },
    transformIndexHtml: (html) => html.replace('%OFFICE_JS_URL%', url),
    async closeBundle() {
      const path = join(outDir, '_headers')
      const headers = await readFile(path, 'utf8')
      await writeFile(path, headers.replace(' %OFFICE_JS_ORIGIN%', origins ? ` ${origins}` : ''))
    },
  }
}

export default defineConfig({
  root: 'addin',
  publicDir: 'public',
  plugins: [preact(), officeSource(OFFICE_JS_URL)],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    // The last WebView2 that Windows 7 and 8.1 got.
    target: 'chrome109',
    // Small files inlined as data: would need an exception in the content security policy.
    assetsInlineLimit: 0,
    rolldownOptions: { input: { taskpane: 'addin/taskpane.html', index: 'addin/index.html' } },
  },
})
