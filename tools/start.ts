/** `npm start`: the demo on this machine, for a browser; prints what to open. */
import { isPortTaken } from './local-worker.ts'
import { refusePort, sayReady, serveDemo } from './serve-demo.ts'

const port = Number(process.env.PORT ?? 8787)
if (await isPortTaken(port)) refusePort(port)
const { url } = await serveDemo(port)
sayReady(`民生台账已启动，请在浏览器中打开：  ${url}/
The demo runs: open the address above. 在 Excel 中试用 in Excel: npm run excel`)
