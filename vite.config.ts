/** Builds the pane and the browser page into dist/, which the Worker serves as static assets. */
import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'addin',
  publicDir: 'public',
  plugins: [preact()],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    // The last WebView2 that Windows 7 and 8.1 got.
    target: 'chrome109',
    rolldownOptions: { input: { taskpane: 'addin/taskpane.html', index: 'addin/index.html' } },
  },
})
