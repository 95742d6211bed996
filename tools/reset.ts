/** `npm run reset`: empties the local demo database; the next start loads both plans anew, with the same keys. */
import { resetState } from './local-worker.ts'

await resetState(process.env.LEDGER_FOLDER ?? '.demo')
process.stdout.write('本机演示数据已清空。 The local demo data is gone; npm start begins again.\n')
