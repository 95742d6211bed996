/** What `npm run excel` does beside `npm start`: https in front of the Worker, and the add-in in Excel's list. */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, get } from 'node:http'
import { get as getSecurely } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateCertificates } from 'office-addin-dev-certs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { registryArguments, sideloadFor } from '../../tools/excel/sideload.ts'
import { startTlsFront } from '../../tools/excel/tls-front.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-sideload-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('https with the certificate of the tool reaches what listens behind it, also when that begins anew', async () => {
  const [ca, cert, key] = ['ca.crt', 'localhost.crt', 'localhost.key'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  await generateCertificates(ca, cert, key)
  const behind = createServer((request, response) => response.end(`asked for ${request.url}`))
  await new Promise<void>((done) => behind.listen(0, '127.0.0.1', done))
  const workerPort = (behind.address() as AddressInfo).port
  const port = await freePort()
  const stop = await startTlsFront({ cert: await readFile(cert), key: await readFile(key) }, port, workerPort)
  const read = async (path: string) => {
    const trusted = await readFile(ca)
    return new Promise<string>((done, fail) => {
      getSecurely(`https://localhost:${port}${path}`, { ca: trusted, agent: false }, (answer) => {
        let body = ''
        answer.on('data', (chunk) => (body += chunk))
        answer.on('end', () => done(body))
      }).on('error', fail)
    })
  }
  try {
    expect(await read('/taskpane.html')).toBe('asked for /taskpane.html')
    await expect(plainly(port)).rejects.toThrow()
    behind.closeAllConnections()
    await new Promise((done) => behind.close(done))
    await expect(read('/')).rejects.toThrow()
    await new Promise<void>((done) => behind.listen(workerPort, '127.0.0.1', done))
    expect(await read('/again')).toBe('asked for /again')
  } finally {
    stop()
    behind.closeAllConnections()
    behind.close()
  }
})

test('on a Mac the manifest is copied to where Excel looks, and taken away again', async () => {
  const path = join(folder, 'manifest.xml')
  await writeFile(path, '<OfficeApp/>')
  const sideload = sideloadFor('darwin', folder)
  await sideload?.add({ id: 'the-id', path })
  const copy = join(folder, 'Library/Containers/com.microsoft.Excel/Data/Documents/wef/the-id.manifest.xml')
  expect(await readFile(copy, 'utf8')).toBe('<OfficeApp/>')
  await sideload?.remove({ id: 'the-id' })
  expect(existsSync(copy)).toBe(false)
  await sideload?.remove({ id: 'the-id' })
})

test('on Windows it is one value of the developer key, for this user alone', () => {
  expect(registryArguments('add', { id: 'the-id', path: String.raw`C:\a b\manifest.xml` })).toEqual([
    'add',
    String.raw`HKCU\SOFTWARE\Microsoft\Office\16.0\WEF\Developer`,
    '/v',
    'the-id',
    '/t',
    'REG_SZ',
    '/d',
    String.raw`C:\a b\manifest.xml`,
    '/f',
  ])
  expect(registryArguments('delete', { id: 'the-id' })).toContain('delete')
  expect(sideloadFor('linux')).toBeUndefined()
})

function plainly(port: number): Promise<void> {
  return new Promise((done, fail) => {
    get({ port, host: '127.0.0.1', agent: false }, () => done()).on('error', fail)
  })
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const { port } = probe.address() as AddressInfo
  await new Promise((done) => probe.close(done))
  return port
}
