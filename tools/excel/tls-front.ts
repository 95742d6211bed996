/** https in front of the local Worker: Office opens add-ins from nowhere else. Only bytes pass through. */
import { connect } from 'node:net'
import { createServer, type TlsOptions } from 'node:tls'

/** Listens on 127.0.0.1; resolves once it does, rejects where the port is taken. Returns what ends it. */
export function startTlsFront(options: TlsOptions, port: number, workerPort: number): Promise<() => void> {
  const server = createServer(options, (secure) => {
    const plain = connect(workerPort, '127.0.0.1')
    // Either side may go at any time: a closed pane, a Worker that starts anew.
    secure.on('error', () => plain.destroy())
    plain.on('error', () => secure.destroy())
    secure.pipe(plain).pipe(secure)
  })
  return new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', () => done(() => server.close()))
  })
}
