/** Annotations: reasons for leaving an issue, answers to its question, review, and their withdrawal. */
import { ANSWERS, annotatedText } from '../../domain/annotation.ts'
import { type AnnotationBody, AnnotationList, MAX_CELL_LENGTH, NewAnnotations } from '../../domain/protocol.ts'
import { isReview, REVIEW_CODE } from '../../domain/review.ts'
import { columnOf, type SheetSpec } from '../../domain/sheet-spec.ts'
import { beijingDate } from '../beijing-date.ts'
import { refuseAt } from '../changes/refuse-rows.ts'
import { type Call, type Endpoint, endpoint, endpointWithBody } from '../endpoint.ts'
import { groupBy } from '../group-by.ts'
import { notCollecting } from '../plan-state.ts'
import { readCount, readForm } from '../query.ts'
import { Refusal } from '../refusal.ts'
import {
  completeAnnotations,
  insertAnnotations,
  readBriefly,
  selectBriefly,
  tellAnnotations,
} from '../store/annotations.ts'
import { batchFailure, emptyGuard, guardStatement, runBatch } from '../store/batch.ts'
import { readPlan, readRegistry, selectPlan, selectRegistry, sheetIdOf } from '../store/plans.ts'
import { listRowIds, readParties, readRows, roleOn, selectParties, selectRows, selectSomeRows } from '../store/rows.ts'
import { findEarlier, insertSubmission, NO_TOTALS } from '../store/submissions.ts'
import { mayAnnotate, needsRelease } from '../submission/writable.ts'

const MAX_TRIES = 8
/** Most rows of one page. */
const MAX_LISTED = 1_000
const ROW_ID = /^.{1,200}$/su

export const annotationEndpoints: Endpoint[] = [
  endpoint(
    {
      method: 'get',
      path: '/api/plans/:plan/annotations',
      summary: '说明：对校验提示的理由和答复，审核的退回和通过；单位见其牵头与配合任务的，其余见全部',
      roles: ['unit', 'commission', 'supervision', 'admin'],
      query: {
        cursor: '上一次应答的 next：从该处继续',
        limit: `一次最多查几项任务，1 至 ${MAX_LISTED}；不写即不分页`,
      },
      answer: { status: 200, schema: AnnotationList },
      refusals: ['plan-not-found', 'invalid'],
    },
    async (call) => ({ value: await pageOfAnnotations(call) }),
  ),
  endpointWithBody(
    {
      method: 'post',
      path: '/api/plans/:plan/annotations',
      summary: '说明校验提示保留的理由，答复校验提出的问题，退回或通过（发展改革部门），或撤回；答以这些任务现有的说明',
      roles: ['unit', 'commission'],
      idempotencyKey: 'optional',
      answer: { status: 200, schema: AnnotationList },
      refusals: [
        'plan-not-found',
        'plan-not-collecting',
        'plan-archived',
        'duty-not-allowed',
        'row-not-found',
        'role-not-allowed',
        'row-changed',
        'changes-too-large',
        'busy',
        'idempotency-key-missing',
        'idempotency-key-reused',
      ],
    },
    NewAnnotations,
    annotate,
  ),
]

type Loaded = Awaited<ReturnType<typeof load>>

/** Rows that the caller sees, each with its role there and what is said of it; only the named ones where `rowIds` is given. */
async function load({ db, params, caller, services }: Call<unknown>, rowIds?: string[]) {
  const planId = params.plan ?? ''
  const sheetId = sheetIdOf(planId)
  const only = rowIds && JSON.stringify([...new Set(rowIds)])
  const [plan, rows, parties, annotations, ...registry] = await db.batch([
    selectPlan(db, planId),
    only === undefined ? selectRows(db, sheetId) : selectSomeRows(db, sheetId, only),
    selectParties(db, sheetId, beijingDate(services.now()), only),
    selectBriefly(db, sheetId, only),
    ...selectRegistry(db, planId),
  ])
  const planSheet = readPlan(plan, planId, caller.actor)
  const related = readParties(parties)
  const units = readRegistry(registry)
  const heads = readRows(rows).filter(({ deleted }) => !deleted)
  const complete = await completeAnnotations(db, planSheet.spec, heads, readBriefly(annotations))
  const made = groupBy(complete, ({ rowId }) => rowId)
  const seen = heads
    .map(({ row, ver }) => ({
      row,
      ver,
      role: roleOn(related.get(row.rowId), caller.actor, units),
      annotations: made.get(row.rowId) ?? [],
    }))
    .filter(({ role }) => caller.actor.role !== 'unit' || role !== 'none')
  return { planSheet, seen }
}

/** All that the caller may read, or that of some rows, in the order of their ids, which no change of the table moves. */
async function pageOfAnnotations(call: Call<unknown>): Promise<AnnotationList> {
  const { db, params, query } = call
  const after = readForm(query, 'cursor', ROW_ID)
  const limit = readCount(query, 'limit', { min: 1, max: MAX_LISTED })
  if (after === undefined && limit === undefined) return listAnnotations(await load(call), call)
  const size = limit ?? MAX_LISTED
  const ids = await listRowIds(db, sheetIdOf(params.plan ?? ''), after ?? '', size + 1)
  const page = ids.slice(0, size)
  const list = listAnnotations(await load(call, page), call)
  const last = page.at(-1)
  return ids.length > size && last !== undefined ? { ...list, next: last } : list
}

function listAnnotations({ planSheet, seen }: Loaded, { caller }: Call<unknown>): AnnotationList {
  return {
    annotations: seen.flatMap(({ row, annotations }) => tellAnnotations(planSheet, row, annotations, caller.actor)),
  }
}

async function annotate(call: Call<NewAnnotations>): Promise<{ value: AnnotationList }> {
  const rowIds = call.body.annotations.map(({ rowId }) => rowId)
  for (let attempt = 1; ; attempt++) {
    const at = call.services.now().toISOString()
    const loaded = await load(call, rowIds)
    // The same request again: it is done, and the rows are answered as they are now.
    if (await findEarlier(call)) return { value: listAnnotations(loaded, call) }
    refuseAnnotations(call, loaded)
    if (await tryStoring(call, loaded, at)) return { value: listAnnotations(await load(call, rowIds), call) }
    if (attempt === MAX_TRIES) throw new Refusal('busy')
    await call.services.sleep(call.services.random() * Math.min(400, 10 * 2 ** attempt))
  }
}

/** Whether they are stored, by this request or by the same one that came first; false where a guard failed. */
async function tryStoring(call: Call<NewAnnotations>, { planSheet, seen }: Loaded, at: string): Promise<boolean> {
  const { db, caller, raw, services, body } = call
  const { plan, sheetId, epoch } = planSheet
  const submissionId = services.newId()
  const actorId = caller.actor.id
  const keyId = caller.key.id
  const expected = seen.map(({ row: { rowId }, ver }) => ({ rowId, ver }))
  try {
    await runBatch(db, [
      guardStatement(db, { keyId, at, sheetId, epoch, expected }),
      ...insertSubmission(db, {
        id: submissionId,
        planId: plan.id,
        sheetId,
        kind: 'annotation',
        path: call.path,
        actorId,
        keyId,
        idempotencyKey: call.idempotencyKey ?? submissionId,
        bodySha256: raw.sha256,
        body: raw.text,
        at,
        status: 'accepted',
        hasCommit: false,
        rowOutcomes: expected.map(({ rowId }) => [rowId, 'annotated']),
        totals: NO_TOTALS,
        result: '{}',
      }),
      ...insertAnnotations(db, sheetId, { actorId, submissionId, at }, body.annotations),
      emptyGuard(db),
    ])
    return true
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (batchFailure(error) !== 'other') return false
    // The same request may have come twice, or a write may have landed although its answer was lost.
    if (await findEarlier(call)) return true
    throw error
  }
}

/** Refuses all of them where one cannot be, and says which. */
function refuseAnnotations({ caller, body: { annotations } }: Call<NewAnnotations>, { planSheet, seen }: Loaded): void {
  const { plan, spec } = planSheet
  if (plan.state === 'archived') throw new Refusal('plan-archived')
  // What they speak of may be a text that no reviewer has released yet.
  if (needsRelease(plan, caller)) throw new Refusal('duty-not-allowed')
  const roles = new Map(seen.map(({ row, role }) => [row.rowId, role]))
  const pointersOf = (isWrong: (annotation: AnnotationBody) => boolean, field: string) =>
    annotations.flatMap((annotation, i) => (isWrong(annotation) ? [`/annotations/${i}/${field}`] : []))
  refuseAt(
    'row-not-found',
    pointersOf(({ rowId }) => !roles.has(rowId), 'rowId'),
  )
  refuseMalformed(spec, annotations)
  refuseAt(
    'role-not-allowed',
    pointersOf(
      ({ rowId, column }) => !mayAnnotate(planSheet, caller, rowId, roles.get(rowId) ?? 'none', column),
      'rowId',
    ),
  )
  refuseAt(
    'role-not-allowed',
    pointersOf((annotation) => isReview(annotation) && caller.actor.role !== 'commission', 'kind'),
  )
  refuseUnseen(annotations, { planSheet, seen })
}

/** 退回 and 通过 are said of the row as it stands: the commission judges no text that it has not seen. */
function refuseUnseen(annotations: readonly AnnotationBody[], { planSheet, seen }: Loaded): void {
  const heads = new Map(seen.map((head) => [head.row.rowId, head]))
  const judged = annotations.map((annotation) => annotation.kind === 'return' || annotation.kind === 'accept')
  if (judged.includes(true) && planSheet.plan.state !== 'collecting') throw notCollecting(planSheet.plan)
  const outdated = annotations.flatMap((annotation, i) => {
    const head = heads.get(annotation.rowId)
    const isSeen = !head || annotation.ofText === annotatedText(planSheet.spec, head.row, annotation)
    return judged[i] && !isSeen ? [{ pointer: `/annotations/${i}/ofText`, ver: head.ver }] : []
  })
  const pointers = outdated.map(({ pointer }) => pointer)
  refuseAt('row-changed', pointers, { ver: outdated[0]?.ver ?? 0 })
}

function refuseMalformed(spec: SheetSpec, annotations: readonly AnnotationBody[]): void {
  const errors = annotations.flatMap((annotation, i) =>
    faultsOf(spec, annotation).map(([field, detail]) => ({ pointer: `/annotations/${i}/${field}`, detail })),
  )
  if (errors.length > 0) throw new Refusal('invalid', { count: errors.length }, errors.slice(0, 20))
}

function faultsOf(
  spec: SheetSpec,
  { column, code, kind, text, ofText }: AnnotationBody,
): [field: string, detail: string][] {
  const faults: [string, string][] = []
  if (column !== undefined && !columnOf(spec, column)) faults.push(['column', 'no such column'])
  if (column !== undefined && !code.startsWith('target/') && ofText.length > MAX_CELL_LENGTH) {
    faults.push(['ofText', 'longer than a cell'])
  }
  if (kind === 'reason' && text.trim() === '') faults.push(['text', 'a reason in words'])
  if (kind === 'withdrawal' && text !== '') faults.push(['text', 'empty for a withdrawal'])
  if (kind === 'answer') {
    if (!ANSWERS.some((answer) => answer === text)) faults.push(['text', `one of ${ANSWERS.join(', ')}`])
    if (!/^target\/[^#]+#./su.test(code)) faults.push(['code', 'target/… with its subject'])
  }
  return [...faults, ...reviewFaultsOf(spec, { column, code, kind, text })]
}

/** 退回 is of a cell that units write, or of the row, and says what to mend; 通过 is of the row and says nothing more. */
function reviewFaultsOf(
  spec: SheetSpec,
  { column, code, kind, text }: Pick<AnnotationBody, 'column' | 'code' | 'kind' | 'text'>,
): [field: string, detail: string][] {
  const isJudging = kind === 'return' || kind === 'accept'
  if (!isJudging) {
    return code === REVIEW_CODE && kind !== 'withdrawal' ? [['code', `${REVIEW_CODE} is for 退回 and 通过`]] : []
  }
  const faults: [string, string][] = []
  if (code !== REVIEW_CODE) faults.push(['code', REVIEW_CODE])
  if (kind === 'accept' && column !== undefined) faults.push(['column', 'a whole row passes'])
  if (kind === 'accept' && text !== '') faults.push(['text', 'empty for 通过'])
  if (kind === 'return' && text.trim() === '') faults.push(['text', 'what is to be mended, in words'])
  const written = column === undefined ? undefined : columnOf(spec, column)
  if (kind === 'return' && written && written.writer !== 'lead') faults.push(['column', 'no unit writes it'])
  return faults
}
