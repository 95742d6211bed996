/** Every endpoint of the API. */
import type { Endpoint } from '../endpoint.ts'
import { describeApi } from '../openapi.ts'
import { annotationEndpoints } from './annotations.ts'
import { changeEndpoints } from './changes.ts'
import { conflictEndpoints } from './conflicts.ts'
import { deskEndpoints } from './desk.ts'
import { draftEndpoints } from './drafts.ts'
import { keyEndpoints } from './keys.ts'
import { masterEndpoints } from './master.ts'
import { metaEndpoints } from './meta.ts'
import { planEndpoints } from './plans.ts'
import { problemEndpoints } from './problems.ts'
import { recordEndpoints } from './record.ts'
import { rowVersionEndpoints } from './row-versions.ts'
import { rowEndpoints } from './rows.ts'
import { submissionEndpoints } from './submissions.ts'

export function createEndpoints(): Endpoint[] {
  const endpoints: Endpoint[] = [
    ...metaEndpoints(() => describeApi(endpoints)),
    ...problemEndpoints,
    ...planEndpoints,
    ...changeEndpoints,
    ...rowEndpoints,
    ...rowVersionEndpoints,
    ...submissionEndpoints,
    ...draftEndpoints,
    ...conflictEndpoints,
    ...annotationEndpoints,
    ...deskEndpoints,
    ...masterEndpoints,
    ...keyEndpoints,
    ...recordEndpoints,
  ]
  return endpoints
}
