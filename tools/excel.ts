/**
 * `npm run excel`: the demo inside Excel on this computer. Trusts a certificate for https://localhost, serves,
 * and lists the add-in in Excel. `npm run excel -- --remove` takes it from the list and the certificate away.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { getHttpsServerOptions, uninstallCaCertificate } from 'office-addin-dev-certs'
import { sideloadFor } from './excel/sideload.ts'
import { startTlsFront } from './excel/tls-front.ts'
import { isPortTaken } from './local-worker.ts'
import { readArguments } from './read-arguments.ts'
import { renderManifest } from './render-manifest.ts'
import { refusePort, say, sayReady, serveDemo } from './serve-demo.ts'

const { values } = readArguments(
  { options: { remove: { type: 'boolean', default: false } } },
  'npm run excel [-- --remove]',
)
const port = Number(process.env.PORT ?? 8787)
const baseUrl = `https://localhost:${port}`
const folder = resolve(process.env.LEDGER_FOLDER ?? '.demo')
const path = join(folder, 'manifest.xml')
const manifest = renderManifest(await readFile(new URL('../manifest.xml', import.meta.url), 'utf8'), {
  baseUrl,
  dev: true,
})
const id = /<Id>([^<]+)<\/Id>/.exec(manifest)?.[1] ?? ''
const sideload = sideloadFor(process.platform)

if (values.remove) {
  await sideload?.remove({ id })
  await uninstallCaCertificate()
  say('已从 Excel 中移除，证书已撤销。  Removed from Excel; the certificate is no longer trusted.')
  process.exit(0)
}

if (await isPortTaken(port)) refusePort(port)
say('正在准备 https://localhost 的证书，系统询问时请选“是”…  Preparing the certificate; please agree when asked…')
const certificates = await getHttpsServerOptions().catch(stopWithoutCertificate)
await mkdir(folder, { recursive: true })
await writeFile(path, manifest)
const worker = await serveDemo(0)
await startTlsFront(certificates, port, Number(new URL(worker.url).port))
await sideload?.add({ id, path })
sayReady(
  sideload
    ? `请打开（或重新打开）Excel，在“开始”选项卡的“加载项”中选“民生台账 [dev]”。
Open Excel anew and choose 民生台账 [dev] under Home > Add-ins. 浏览器中也可打开 in a browser: ${baseUrl}/
不再试用时 when done: npm run excel -- --remove`
    : `本机没有桌面版 Excel。请打开网页版 Excel，在“开始 → 加载项 → 更多加载项 → 上载我的加载项”中选择：
This system has no desktop Excel. In Excel on the web, choose Add-ins > More Add-ins > Upload My Add-in and this file:
  ${path}`,
)

function stopWithoutCertificate(error: unknown): never {
  say('证书没有装好，Excel 打不开本机的网页。请按下面的原因处理后再试，或用 npm start 在浏览器中试用。')
  say('The certificate could not be installed, and Excel opens no page without one. Try again, or use npm start.')
  say(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
