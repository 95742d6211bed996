/** Runs in a page of the tests: brings the pane into every one of its screens over a sheet in memory and a fake server. */
import { render } from 'preact'
import { LEAVE_OUT } from '../../addin/checking-state.ts'
import { saveAnnotation } from '../../addin/flows/annotations.ts'
import { checkSheet } from '../../addin/flows/check.ts'
import { pullConflicts, resolveConflicts } from '../../addin/flows/conflicts.ts'
import { draftPlan } from '../../addin/flows/create-plan.ts'
import { pullDesk, pullStatus } from '../../addin/flows/desk.ts'
import { previewTakeUp } from '../../addin/flows/desk-cells.ts'
import { openDraft, pullDrafts } from '../../addin/flows/drafts.ts'
import { drawMySheet } from '../../addin/flows/draw-my-sheet.ts'
import { applyFix, planFixAll } from '../../addin/flows/fix.ts'
import type { Flow } from '../../addin/flows/flow.ts'
import { openHandOut } from '../../addin/flows/hand-out.ts'
import { openHistory } from '../../addin/flows/history.ts'
import type { KeyRequest } from '../../addin/flows/key-requests.ts'
import { issueKeys, pullKeys } from '../../addin/flows/keys.ts'
import { type LiveCheck, startLiveCheck } from '../../addin/flows/live-check.ts'
import { markSheet } from '../../addin/flows/marks.ts'
import { pullMaster } from '../../addin/flows/master.ts'
import { refreshOutbox } from '../../addin/flows/outbox.ts'
import { openOutbox } from '../../addin/flows/outbox-records.ts'
import { replaceOwnKey } from '../../addin/flows/own-key.ts'
import { confirmRecognition, recogniseSheet } from '../../addin/flows/recognise.ts'
import { openSample } from '../../addin/flows/sample.ts'
import { openPlan, resume, signIn, signOut } from '../../addin/flows/session.ts'
import { pullSubmissions, reopenReceipt } from '../../addin/flows/submissions.ts'
import { confirmSubmit, previewSubmission } from '../../addin/flows/submit.ts'
import { readTables } from '../../addin/flows/tables.ts'
import { answerTarget, openTargets } from '../../addin/flows/targets.ts'
import { createTranslate } from '../../addin/messages.ts'
import { App } from '../../addin/screens/app.tsx'
import { prefetchScreens } from '../../addin/screens/screens.ts'
import { issueKey } from '../../domain/annotation.ts'
import { LEDGER_SHEET, ledgerSheet } from '../../domain/carrier.ts'
import type {
  ConflictBody,
  DraftInfo,
  Duty,
  KeyInfo,
  Master,
  NewAnnotations,
  ServerRow,
  StoredAnnotation,
  Submission,
  SubmissionList,
} from '../../domain/protocol.ts'
import { unitLedger } from '../../domain/unit-sheets.ts'
import { sampleDesk, serveDesk } from '../support/desk.ts'
import { FakeServer, receiptOf, refusal, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { modelToGrid } from '../support/model-grid.ts'
import { AT, circulatedSheet, PLAN, REGISTRY, ROWS, SHEET } from '../support/unit-sheet.ts'
import { ADJUST_STAGES } from './adjust-stages.ts'
import { showReturnedFiles } from './intake-stages.ts'
import { PULL_STAGES } from './pull-stages.ts'

const CONFLICT: ConflictBody = {
  id: 'c1',
  kind: 'cell',
  rowId: 'r1',
  column: 'milestone.P1',
  base: '新增就业2500人，开展“春风行动”专场招聘会。',
  head: '新增就业2600人，开展“春风行动”专场招聘会6场。',
  submitted: '新增就业2700人，开展“春风行动”专场招聘会8场，组织返乡就业。',
  status: 'open',
  ver: 5,
  submissionId: 's1',
  submittedBy: '县人力社保局',
  headBy: '县发展改革委',
  at: '2023-11-10T01:02:03Z',
  task: ROWS[0]?.cells.task ?? '',
  number: '1',
}

const tuple = (cells: Record<string, string>, spans: Record<string, number> = {}) => ({ cells, spans })

/** To decide: a cell and a merged one. Decided: one that was rewritten. */
const CONFLICTS: ConflictBody[] = [
  CONFLICT,
  {
    ...CONFLICT,
    id: 'c2',
    kind: 'span',
    rowId: 'r2',
    column: undefined,
    columns: ['milestone.P1', 'milestone.P2'],
    base: '制定工作方案。 | 开发公益性岗位1000个。',
    head: '制定工作方案。 | 开发公益性岗位1100个。',
    submitted: '制定工作方案，开发公益性岗位1200个。',
    versions: {
      base: tuple({ 'milestone.P1': '制定工作方案。', 'milestone.P2': '开发公益性岗位1000个。' }),
      head: tuple({ 'milestone.P1': '制定工作方案。', 'milestone.P2': '开发公益性岗位1100个。' }),
      submitted: tuple({ 'milestone.P1': '制定工作方案，开发公益性岗位1200个。' }, { 'milestone.P1': 2 }),
    },
    task: ROWS[1]?.cells.task ?? '',
    number: '2',
  },
  {
    ...CONFLICT,
    id: 'c3',
    status: 'resolved',
    column: 'milestone.P2',
    resolution: { choose: 'edited', by: '县发展改革委', reason: '按文件口径统一。', at: CONFLICT.at, seq: 9 },
  },
]

/** An edit of a task that the commission deleted meanwhile. */
const GONE: ConflictBody = {
  ...CONFLICT,
  id: 'c4',
  kind: 'delete-edit',
  rowId: 'r2',
  column: undefined,
  base: undefined,
  head: undefined,
  submitted: '3月：制定工作方案并印发。\n5月：开发公益性岗位1200个。',
  restored: tuple({
    ...ROWS[1]?.cells,
    'milestone.P1': '制定工作方案并印发。',
    'milestone.P2': '开发公益性岗位1200个。',
  }),
  mayDecide: true,
  task: ROWS[1]?.cells.task ?? '',
  number: '2',
}

const MASTER: Master = {
  plan: PLAN,
  seq: 12,
  rows: ROWS.map((row, index) =>
    index === 1
      ? {
          ...row,
          spansConfirmed: false,
          cells: { ...row.cells, 'milestone.P1': '制定工作方案，开发公益性岗位1000个。', 'milestone.P2': '——' },
        }
      : row,
  ),
  status: [
    {
      unit: '县人力社保局',
      rows: 2,
      submittedRows: 2,
      submissions: 3,
      lastAt: CONFLICT.at,
      errors: 0,
      warnings: 3,
      explained: 1,
      openConflicts: 1,
      pending: 1,
      returned: 1,
    },
    {
      unit: '县医保局',
      rows: 1,
      submittedRows: 0,
      submissions: 0,
      lastAt: null,
      errors: 2,
      warnings: 0,
      openConflicts: 0,
    },
  ],
  conflicts: [CONFLICT],
  issues: [
    {
      code: 'milestone/blank',
      severity: 'error',
      rowId: 'r3',
      column: 'milestone.P2',
      params: {},
    },
    {
      code: 'punctuation/doubled',
      severity: 'warning',
      rowId: 'r1',
      column: 'milestone.P1',
      params: { found: '。。', excerpt: '…业2500人。。' },
      reason: { text: '与印发文件一致，由汇总单位统一勘误。', by: '县人力社保局', at: CONFLICT.at },
    },
    {
      code: 'units/unknown',
      severity: 'warning',
      rowId: 'r2',
      column: 'supportingUnits',
      params: { found: '县医保据', candidates: '县医保局' },
    },
  ],
}

type Stage = { flow: Flow; host: MemoryHost; server: FakeServer }

const commission = async ({ flow, server }: Stage) => {
  serveUnit(server, PLAN, REGISTRY, ROWS, 'commission')
  await signIn(flow, 'key')
}
const unit = async ({ flow }: Stage) => signIn(flow, 'key')
const recognised = async (stage: Stage) => {
  await unit(stage)
  await recogniseSheet(stage.flow)
  await confirmRecognition(stage.flow)
}
const previewed = async (stage: Stage) => {
  const { flow, host, server } = stage
  await recognised(stage)
  host.type(SHEET, AT.r3, AT.p1, '参保率达到60%。')
  server.on(`POST /api/plans/${PLAN.id}/submissions?dryRun=1`, ({ body }) => everyOutcome(body, true))
  server.on(`POST /api/plans/${PLAN.id}/submissions`, ({ body }) => everyOutcome(body, false))
  await previewSubmission(flow)
}
/** One task has lost its id, one stands nowhere, and below the table stands what is no task. */
const leftOutPreviewed = async (stage: Stage) => {
  const { flow, host } = stage
  await previewed(stage)
  host.type(SHEET, AT.r1, AT.carrier, '新增就业2500人。')
  host.type(SHEET, AT.r3 + 1, 1, '办公室电话记录本')
  host.type(SHEET, AT.r3 + 1, 2, '第一季度')
  await previewSubmission(flow)
}

let areAnnotationsLost = false

/** From now on, until a stage is shown, what is said of an issue gets no answer. */
export function failAnnotations(): void {
  areAnnotationsLost = true
}

/** Keeps what is said, as the Worker does. */
function serveAnnotations(server: FakeServer, by: string): void {
  const kept: StoredAnnotation[] = []
  server.on(`POST /api/plans/${PLAN.id}/annotations`, ({ body }) => {
    if (areAnnotationsLost) return 'offline'
    const { annotations } = body as NewAnnotations
    const taken = annotations.flatMap(({ kind, code }) => (kind === 'withdrawal' ? [code] : []))
    const left = kept.filter(({ code }) => !taken.includes(code))
    const said = annotations.filter(({ kind }) => kind !== 'withdrawal')
    kept.splice(0, kept.length, ...left, ...said.map((one) => ({ ...one, by, at: CONFLICT.at })))
    return { annotations: kept.filter(({ rowId }) => annotations.some((one) => one.rowId === rowId)) }
  })
}

/** The commission's table with a target of every kind: added, at a level, open, asked and not covered. */
const withTargets = async ({ flow, host, server }: Stage) => {
  const texts: [at: number, task: string, first: string, second: string][] = [
    [
      AT.r1,
      '城镇新增就业10000人以上，发放创业担保贷款1亿元，高校毕业生就业率达90%以上，受益人口20000余人。',
      '新增就业2500人，发放创业担保贷款6000万元。',
      '新增就业5000人，发放创业担保贷款4000万元。',
    ],
    [AT.r2, '开发公益性岗位2000个。', '开发公益性岗位1000个。', '开发公益性岗位2000个。'],
    [AT.r3, '城乡居民参保率达到95%以上。', '参保率达到50%。', '参保率达到95%。'],
  ]
  const rows = ROWS.map((row, i) => {
    const [at = 0, task = '', first = '', second = ''] = texts[i] ?? []
    for (const [column, text] of [task, first, second].entries()) host.type(SHEET, at, column + 1, text)
    return { ...row, cells: { ...row.cells, task, 'milestone.P1': first, 'milestone.P2': second } }
  })
  serveUnit(server, PLAN, REGISTRY, rows, 'commission')
  serveAnnotations(server, '县发展改革委')
  await signIn(flow, 'key')
  await checkSheet(flow)
}

/** The pane draws a moment after its state has changed. */
const painted = () => new Promise((done) => setTimeout(done, 50))

/** A unit's sheet with something of each gravity; the server keeps what is said of it. */
const explainable = async (stage: Stage) => {
  const { flow, host, server } = stage
  serveAnnotations(server, '县人力社保局')
  await unit(stage)
  host.type(SHEET, AT.r1, AT.p1, '新增就业２５００人，开展“春风行动活动。')
  host.type(SHEET, AT.r1, AT.p2, '')
  host.type(SHEET, AT.r2, AT.p1, '布署就业援助月工作， 组织专场招聘会6场,发布岗位信息，制定公益性岗位开发方案。。')
  await checkSheet(flow)
}

/** One row deleted and edited, one that was already decided, one that nothing is known of. */
const gonePreviewed = async (stage: Stage) => {
  const { flow, host, server } = stage
  await recognised(stage)
  host.type(SHEET, AT.r1, AT.carrier, 'r1@3')
  host.type(SHEET, AT.r2, AT.carrier, 'r2@3')
  server.on(`/api/plans/${PLAN.id}/rows`, () => ({ planId: PLAN.id, state: PLAN.state, seq: 2, rows: [] }))
  const gone = { ver: 5, outcome: 'conflict' as const, isGone: true }
  const notWritable = [{ column: 'number', head: '', submitted: '22' }]
  server.on(`POST /api/plans/${PLAN.id}/submissions?dryRun=1`, ({ body }) =>
    receiptOf(
      body as Submission,
      {
        r1: { ...gone, conflicts: [{ ...GONE, id: 'c5', rowId: 'r1', status: 'resolved' }] },
        r2: { ...gone, conflicts: [GONE], notWritable },
      },
      true,
    ),
  )
  await previewSubmission(flow)
}

/** One record in every state. */
const fillOutbox = async (stage: Stage) => {
  await unit(stage)
  const store = await stage.flow.outbox.store
  const submission: Submission = {
    form: 'breakdown',
    specVersion: 1,
    rows: ROWS.map(({ rowId, ver, cells }) => ({ rowId, baseVer: ver, cells })),
  }
  const record = { planId: PLAN.id, planTitle: PLAN.title, actorId: 'actor-1', sheet: SHEET, submission }
  const times = { createdAt: Date.parse(CONFLICT.at), nextAt: Date.parse(CONFLICT.at) + 60_000, tries: 2 }
  await store.put({ ...record, ...times, id: 'o1', state: 'waiting' })
  await store.put({ ...record, ...times, id: 'o2', state: 'sending' })
  await store.put({ ...record, ...times, id: 'o3', state: 'done', receipt: receiptOf(submission, {}, false) })
  await store.put({ ...record, ...times, id: 'o4', state: 'refused', refusal: '本计划已印发，不再接收报送。' })
  await refreshOutbox(stage.flow)
}

const DRAFT_TOTALS = { applied: 2, converged: 0, conflicts: 1, held: 1, notWritable: 0, blocked: 1 }
const DRAFTS: DraftInfo[] = [
  { state: 'open' as const, reason: null },
  { state: 'returned' as const, reason: '第 2 项 5 月目标与年度目标不符，请核实后重新送审。' },
  { state: 'released' as const, reason: null },
  { state: 'superseded' as const, reason: null },
].map(({ state, reason }, i) => ({
  id: `d${i}`,
  by: '县人力社保局',
  post: '就业促进科经办岗',
  at: CONFLICT.at,
  state,
  reason,
  decidedAt: state === 'open' ? null : CONFLICT.at,
  submissionId: state === 'released' ? 's1' : null,
  totals: DRAFT_TOTALS,
}))

/** A unit under a plan with sign-off; what it sent stands in every state. */
const signedOff = async ({ flow, server }: Stage, duty: Duty) => {
  serveUnit(server, { ...PLAN, signOff: 'reviewer' }, REGISTRY, ROWS)
  const me = (await (await server.fetch('/api/me')).json()) as { key: object }
  server.on('/api/me', () => ({ ...me, key: { ...me.key, duty } }))
  server.on(`/api/plans/${PLAN.id}/drafts`, () => ({ drafts: DRAFTS }))
  await signIn(flow, 'key')
}

function keyInfo(parts: Partial<KeyInfo>): KeyInfo {
  return {
    id: 'key-2',
    role: 'unit',
    holder: '县人力社保局',
    post: '就业促进科经办岗',
    duty: 'handler',
    rows: null,
    createdAt: CONFLICT.at,
    lastUsedAt: '2023-11-03T02:00:00.000Z',
    expiresOn: null,
    revokedAt: null,
    replacedBy: null,
    state: 'active',
    ...parts,
  }
}

/** In every state; 县医保局 has none that works. */
const KEYS: KeyInfo[] = [
  keyInfo({ id: 'key-1', role: 'commission', holder: '县发展改革委', post: '社会科', duty: 'reviewer' }),
  keyInfo({ rows: ['r1'], planId: PLAN.id, expiresOn: '2023-11-20' }),
  keyInfo({ id: 'key-3', lastUsedAt: null, replacedBy: 'key-2', expiresOn: '2023-11-11' }),
  keyInfo({ id: 'key-4', holder: '县医保局', state: 'revoked', revokedAt: CONFLICT.at, lastUsedAt: CONFLICT.at }),
  keyInfo({
    id: 'key-5',
    holder: '县医保局',
    state: 'expired',
    expiresOn: '2022-12-31',
    lastUsedAt: '2022-12-01T00:00:00Z',
  }),
]
const UNIT_KEYS: KeyRequest = { kind: 'units', planId: PLAN.id, body: { units: ['县医保局'], post: '办公室' } }

const openKeys = async (stage: Stage) => {
  await commission(stage)
  stage.server.on(`/api/plans/${PLAN.id}/keys`, () => ({ keys: KEYS }))
  await pullKeys(stage.flow)
}

const SUBMISSIONS: SubmissionList['submissions'] = [
  {
    id: 's1',
    number: '20231110-0001',
    by: '县人力社保局',
    at: CONFLICT.at,
    status: 'accepted',
    rows: 2,
    totals: { applied: 2, converged: 0, conflicts: 1, held: 1, notWritable: 0, blocked: 1 },
  },
]

const atDesk = async (stage: Stage) => {
  await commission(stage)
  serveDesk(stage.server)
}

/** Presses the first button of this name. */
function press(...names: string[]): void {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => names.includes(textContent ?? ''))
  if (!button) throw new Error(`no button ${names[0]}`)
  button.click()
}

/** What the server says of a submission in which every kind of outcome occurs. */
function everyOutcome(body: unknown, dryRun: boolean) {
  const receipt = receiptOf(
    body as Submission,
    {
      r1: {
        outcome: 'conflict',
        applied: [{ rowId: 'r1', column: 'milestone.P2', old: '新增就业5000人。', new: '新增就业6000人。' }],
        conflicts: [CONFLICT],
        notWritable: [{ column: 'leadUnits', head: '县人力社保局', submitted: '县人社局' }],
      },
      r2: {
        outcome: 'blocked',
        held: [{ column: 'milestone.P2', head: '开发公益性岗位1000个。' }],
        blocked: [{ code: 'milestone/blank', severity: 'error', rowId: 'r2', column: 'milestone.P1', params: {} }],
      },
    },
    dryRun,
  )
  const issue = {
    code: 'milestone/blank',
    severity: 'warning' as const,
    rowId: 'r1',
    column: 'milestone.P2',
    params: {},
  }
  return { ...receipt, issues: [{ ...issue, fromMerge: true }] }
}

/** Texts that were sent before: one waits, of one the commission has decided. */
function decidedAndWaiting(body: unknown, dryRun: boolean) {
  const decided = { ...CONFLICTS[2], rowId: 'r2', head: '开发公益性岗位1050个。', submitted: '开发公益性岗位1000个。' }
  return receiptOf(
    body as Submission,
    {
      r1: { outcome: 'conflict', conflicts: [{ ...CONFLICT, at: '2023-11-09T02:30:00Z' }] },
      r2: { outcome: 'decided', conflicts: [decided as ConflictBody] },
    },
    dryRun,
  )
}

/** A sheet with something of everything, also in rows of others. */
async function many({ flow, host, server }: Stage, annotations: ServerRow['annotations'] = []): Promise<void> {
  const rows = ROWS.map((row) => ({ ...row, annotations: annotations.filter(({ rowId }) => rowId === row.rowId) }))
  serveUnit(server, PLAN, REGISTRY, rows)
  await signIn(flow, 'key')
  host.type(SHEET, AT.r1, AT.p1, '新增就业２５００人 。')
  host.type(SHEET, AT.r1, AT.p2, '新增就业5000人，，开展“春风行动。')
  host.type(SHEET, AT.r2, AT.p1, '布署开发公益性岗位。。')
  host.type(SHEET, AT.r2, AT.p2, '')
  host.type(SHEET, AT.r3, AT.p2, '')
  await checkSheet(flow)
}

let live: LiveCheck | undefined
let shown: Stage | undefined

/** From now on results follow the sheet, as in the pane. */
export function startLive(): void {
  if (shown) live = startLiveCheck(shown.flow)
}

/** What a person types into the sheet in front. */
export function typeCell(row: number, column: number, text: string): void {
  shown?.host.type(SHEET, row, column, text)
}

/** One way into each screen. */
export const STAGES: Record<string, (stage: Stage) => Promise<void>> = {
  signIn: async () => {},
  checkedWithoutKey: ({ flow }) => checkSheet(flow),
  sample: ({ flow }) => openSample(flow),
  /** Connected while the sample lies in front. */
  homeSample: async (stage) => {
    await openSample(stage.flow)
    await unit(stage)
    await readTables(stage.flow)
  },
  /** The sheet in use is the unit's own. */
  homeDrawn: async (stage) => {
    await unit(stage)
    await drawMySheet(stage.flow)
    await readTables(stage.flow)
  },
  /** That sheet in a workbook opened later, behind another one: nothing is in use yet. */
  homeFound: async (stage) => {
    await STAGES.homeDrawn?.(stage)
    stage.host.active = SHEET
    await openPlan(stage.flow, PLAN.id)
    await readTables(stage.flow)
  },
  /** A unit with something of each kind to do. */
  homeOpen: async ({ flow, server }) => {
    const issue = { code: 'milestone/blank', severity: 'error' as const, params: {} }
    const rows = ROWS.map((row, i) =>
      i === 0
        ? { ...row, review: 'returned' as const, openConflicts: 2, issues: [{ ...issue, rowId: row.rowId }] }
        : row,
    )
    serveUnit(server, PLAN, REGISTRY, rows)
    await signIn(flow, 'key')
  },
  homeIssued: async ({ flow, server }) => {
    serveUnit(
      server,
      { ...PLAN, state: 'issued', documentNumber: '测府办发〔2023〕17号', issuedOn: '2023-03-13' },
      REGISTRY,
      ROWS,
    )
    await signIn(flow, 'key')
  },
  homeChecked: async (stage) => {
    await recognised(stage)
    stage.host.type(SHEET, AT.r1, AT.p1, '新增就业2500人。')
    await checkSheet(stage.flow, SHEET)
    stage.flow.dispatch({ type: 'went', screen: 'home' })
  },
  tables: async (stage) => {
    await recognised(stage)
    const { grids } = stage.host
    const info = unitLedger(PLAN, '县人力社保局', SHEET, CONFLICT.at)
    const tables = [
      info,
      { ...info, sheet: '我的任务分解表' },
      { ...info, unit: undefined, sheet: '去年的任务分解表', planId: 'plan-2022', planTitle: '2022年民生实事行动计划' },
      { ...info, unit: '县医保局', sheet: '县医保局' },
    ]
    for (const { sheet } of tables) grids.set(sheet, { ...circulatedSheet(), name: sheet })
    grids.set(LEDGER_SHEET, modelToGrid(ledgerSheet(tables)))
    stage.flow.dispatch({ type: 'went', screen: 'home' })
    await readTables(stage.flow)
  },
  handOut: async (stage) => {
    await commission(stage)
    await openHandOut(stage.flow)
    await painted()
  },
  leftBehind: async (stage) => {
    const { flow } = stage
    await fillOutbox(stage)
    flow.kept = {
      list: async () => [{ name: '任务分解表（县人力社保局）.xlsx', at: '2023-11-10T01:02:03.000Z' }],
      clear: async () => true,
    }
    await signOut(flow)
  },
  refused: async ({ flow, server }) => {
    server.on('/api/me', () => refusal('key-unknown', 401, '密钥无效，请向县发展改革委核实。'))
    await signIn(flow, 'wrong')
  },
  offline: async (stage) => {
    await unit(stage)
    await recognised(stage)
    stage.server.on(`/api/plans/${PLAN.id}/rows`, () => 'offline')
    await previewSubmission(stage.flow)
  },
  lastVisit: async (stage) => {
    const { flow, server } = stage
    await unit(stage)
    const visit = await flow.visits.read()
    await signOut(flow)
    flow.visits.read = async () => visit
    flow.keys.write('key')
    server.on('/api/me', () => 'offline')
    await resume(flow)
  },
  keyEnds: async (stage) => {
    const { flow, server } = stage
    server.on('/api/me', () => ({
      actor: { id: 'actor-1', role: 'unit', name: '县人力社保局' },
      key: { id: 'key-1', post: '办公室', duty: 'handler', rows: ['r1', 'r2'], expiresOn: '2023-11-17' },
      plans: [{ id: PLAN.id, title: PLAN.title, county: PLAN.county, year: PLAN.year, state: PLAN.state }],
      limits: { bodyBytes: 1, rows: 1, cellLength: 1 },
    }))
    await signIn(flow, 'key')
  },
  stranded: async (stage) => {
    await fillOutbox(stage)
    const store = await stage.flow.outbox.store
    await store.update('o1', (record) => ({ ...record, keyId: 'key-0', failure: { kind: 'unreadable', status: 200 } }))
    await openOutbox(stage.flow)
  },
  keyRefused: async (stage) => {
    await fillOutbox(stage)
    stage.server.on(`/api/plans/${PLAN.id}/rows`, () =>
      refusal('key-expired', 401, '密钥有效期已过，请向县发展改革委申领新密钥。'),
    )
    await pullConflicts(stage.flow)
  },
  ...PULL_STAGES,
  ...ADJUST_STAGES,
  home: unit,
  commissionHome: commission,
  plans: async (stage) => {
    await commission(stage)
    stage.flow.dispatch({ type: 'went', screen: 'plans' })
  },
  /** Every row that was open was left out. */
  recogniseNothing: async (stage) => {
    await unit(stage)
    for (const at of [AT.r1, AT.r3]) stage.host.type(SHEET, at, 1, '新建农村公路30公里。')
    stage.host.type(SHEET, AT.r2, 1, '开发公益性岗位2000个。')
    await recogniseSheet(stage.flow)
    for (const { index } of stage.flow.state().recognition?.open ?? [])
      stage.flow.dispatch({ type: 'matchChosen', index, choice: LEAVE_OUT })
  },
  recognise: async (stage) => {
    await unit(stage)
    stage.host.type(SHEET, AT.r2, 1, '开发公益性岗位2000个。')
    await recogniseSheet(stage.flow)
  },
  /** Last year's table: every task reads as this year's. */
  recogniseOtherYear: async (stage) => {
    await unit(stage)
    const grid = circulatedSheet()
    const merges = grid.merges.map((area) => ({ ...area, row: area.row + 1 }))
    stage.host.grids.set(SHEET, { ...grid, texts: [['奉节县2022年民生实事任务分解表'], ...grid.texts], merges })
    await recogniseSheet(stage.flow)
  },
  check: async (stage) => {
    await unit(stage)
    stage.host.type(SHEET, AT.r1, AT.p1, '新增就业２５００人 。')
    stage.host.type(SHEET, AT.r2, AT.p2, '')
    stage.host.type(SHEET, AT.r3, AT.p2, '')
    await checkSheet(stage.flow)
    stage.flow.dispatch({ type: 'sheetEdited', sheet: SHEET })
  },
  explainable: (stage) => explainable(stage),
  issues: async (stage) => {
    await explainable(stage)
    for (const details of document.querySelectorAll('details')) details.open = true
    const buttons = [...document.querySelectorAll('button')]
    buttons.find(({ textContent }) => ['保留并说明理由', 'Keep it and say why'].includes(textContent ?? ''))?.click()
  },
  marked: async (stage) => {
    const { flow, host } = stage
    // As Excel does; the other stages are of a file.
    Object.assign(host, { paintMarks: async () => undefined, clearMarks: async () => undefined })
    await explainable(stage)
    await markSheet(flow, SHEET, true)
    host.type(SHEET, AT.r1, AT.p2, '新增就业5000人。')
    await checkSheet(flow)
    await painted()
    document.querySelector<HTMLDetailsElement>('details.marks')?.setAttribute('open', '')
  },
  explained: async (stage) => {
    await explainable(stage)
    const { flow } = stage
    for (const { issue } of flow.state().check?.issues.filter(({ issue }) => issue.severity === 'warning') ?? []) {
      const { rowId = '', column } = issue
      const text = '其余由各乡镇（街道）就近安排，已在实施方案中写明。\n方案正在印发。'
      await saveAnnotation(flow, { rowId, ...(column && { column }), code: issueKey(issue), kind: 'reason', text })
    }
    for (const details of document.querySelectorAll('main details')) (details as HTMLDetailsElement).open = true
  },
  returned: async (stage) => {
    const said = { code: 'review', kind: 'return' as const, by: '县发展改革委', at: CONFLICT.at }
    const text = '请补充本期新增就业的完成数量，并与全年目标衔接。'
    const ofText = '新增就业２５００人 。'
    await many(stage, [{ ...said, rowId: 'r1', column: 'milestone.P1', text, ofText }])
  },
  byRow: async (stage) => {
    await many(stage)
    stage.flow.dispatch({ type: 'issuesViewed', view: { groups: 'row', severity: 'all', all: true, text: '' } })
  },
  byRule: async (stage) => {
    await many(stage)
    stage.flow.dispatch({ type: 'issuesViewed', view: { groups: 'rule', severity: 'all', all: false, text: '' } })
    const { check } = stage.flow.state()
    const [fix] = check?.issues.flatMap(({ issue }) => (issue.fix ? [issue.fix] : [])) ?? []
    if (fix) await applyFix(stage.flow, SHEET, fix)
  },
  noneMatches: async (stage) => {
    await many(stage)
    stage.flow.dispatch({ type: 'issuesViewed', view: { groups: 'todo', severity: 'ask', all: false, text: '学校' } })
  },
  targets: async (stage) => {
    await withTargets(stage)
    openTargets(stage.flow)
    await painted()
    for (const details of document.querySelectorAll('main details')) (details as HTMLDetailsElement).open = true
    document.querySelectorAll<HTMLButtonElement>('.figure-button')[2]?.click()
    await painted()
  },
  targetAnswered: async (stage) => {
    await withTargets(stage)
    const { flow } = stage
    const placed = flow.state().check?.issues.find(({ issue }) => issue.code === 'target/ambiguous')
    if (!placed?.issue.rowId) throw new Error('nothing is asked')
    openTargets(flow, placed.issue.rowId)
    await answerTarget(flow, { rowId: placed.issue.rowId, code: issueKey(placed.issue), answer: 'cumulative' })
  },
  targetsHere: async ({ flow, host }) => {
    host.type(SHEET, AT.r2, AT.p2, '开发公益性岗位500个。')
    await checkSheet(flow)
    openTargets(flow)
  },
  clearings: async (stage) => {
    const { flow, host, server } = stage
    const issue = { code: 'milestone/blank', severity: 'error', rowId: 'r1', column: 'milestone.P2', params: {} }
    serveUnit(
      server,
      PLAN,
      REGISTRY,
      ROWS.map((row) => (row.rowId === 'r1' ? { ...row, issues: [issue as never] } : row)),
    )
    await recognised(stage)
    host.type(SHEET, AT.r2, AT.carrier, 'r2@3')
    host.type(SHEET, AT.r2, AT.p2, '')
    await checkSheet(flow)
  },
  clearingsAtHome: async (stage) => {
    await STAGES.clearings?.(stage)
    stage.flow.dispatch({ type: 'went', screen: 'home' })
  },
  submit: previewed,
  leftOut: leftOutPreviewed,
  leftOutReceipt: async (stage) => {
    await leftOutPreviewed(stage)
    await confirmSubmit(stage.flow)
  },
  receipt: async (stage) => {
    await previewed(stage)
    await confirmSubmit(stage.flow)
  },
  decidedPreview: async (stage) => {
    await recognised(stage)
    for (const dryRun of [true, false]) {
      const path = `POST /api/plans/${PLAN.id}/submissions${dryRun ? '?dryRun=1' : ''}`
      stage.server.on(path, ({ body }) => decidedAndWaiting(body, dryRun))
    }
    await previewSubmission(stage.flow)
  },
  decidedReceipt: async (stage) => {
    await STAGES.decidedPreview?.(stage)
    await confirmSubmit(stage.flow)
  },
  reopenedReceipt: async (stage) => {
    await STAGES.receipt?.(stage)
    const { done } = stage.flow.state()
    if (!done) return
    stage.server.on('/api/submissions/s1', () => done.receipt)
    const { resolution } = CONFLICTS[2] ?? {}
    const since = { ...CONFLICT, status: 'resolved' as const, ...(resolution && { resolution }) }
    stage.server.on(`/api/plans/${PLAN.id}/conflicts`, () => ({ conflicts: [since] }))
    await reopenReceipt(stage.flow, 's1')
  },
  outbox: async (stage) => {
    await fillOutbox(stage)
    await openOutbox(stage.flow)
  },
  outboxBanner: fillOutbox,
  goneRows: gonePreviewed,
  previewUnreached: async (stage) => {
    await recognised(stage)
    stage.flow.dispatch({ type: 'previewUnreached' })
  },
  busy: async (stage) => {
    await unit(stage)
    stage.flow.dispatch({ type: 'started', busy: { text: 'busy.drawMaster', done: 40, total: 120, cancellable: true } })
  },
  createPlan: async (stage) => {
    stage.server.on('POST /api/plans?dryRun=1', ({ body }) => ({
      plan: { ...(body as { plan: object }).plan, state: 'collecting' },
      dryRun: true,
      rows: [],
      doubts: [
        { code: 'plan/no-lead', params: {} },
        { code: 'plan/unit-unresolved', rowId: 'r1', params: { column: 'leadUnits', text: '县就业中心' } },
        { code: 'lead/group', rowId: 'r1', params: { text: '各乡镇（街道）' } },
        { code: 'unit/maybe-same', params: { text: '县人社局', other: '县人力社保局' } },
      ],
    }))
    await commission(stage)
    stage.host.type(SHEET, AT.r1, 5, '县水务局（县水利局）、各乡镇卫生院、各镇街')
    await draftPlan(stage.flow)
  },
  registry: async (stage) => {
    await commission(stage)
    stage.flow.dispatch({ type: 'went', screen: 'registry' })
  },
  master: async (stage) => {
    await commission(stage)
    await pullMaster(stage.flow, 'master')
  },
  masterIssues: async (stage) => {
    await STAGES.master?.(stage)
    for (const details of document.querySelectorAll('details')) details.open = true
  },
  conflicts: async (stage) => {
    await commission(stage)
    await pullConflicts(stage.flow)
  },
  conflictEditor: async (stage) => {
    await commission(stage)
    await pullConflicts(stage.flow)
    // The first one is refused, and the editor of the merged cells is open.
    stage.server.on(`POST /api/plans/${PLAN.id}/resolutions`, () => ({
      outcomes: [
        {
          conflictId: 'c1',
          refusal: { code: 'row-changed', detail: '此任务已有更新（现为版本 6），请刷新后再处理。' },
        },
      ],
    }))
    await resolveConflicts(stage.flow, CONFLICTS.slice(0, 1), { choose: 'head' })
    document.querySelector('details')?.setAttribute('open', '')
    for (const button of [...document.querySelectorAll('button')].filter((one) => one.textContent === '另行改定'))
      button.click()
  },
  goneConflict: async (stage) => {
    await commission(stage)
    stage.server.on(`/api/plans/${PLAN.id}/conflicts`, () => ({ conflicts: [GONE] }))
    await pullConflicts(stage.flow)
    const buttons = [...document.querySelectorAll('button')]
    buttons.find(({ textContent }) => textContent === '恢复该任务并改定')?.click()
  },
  unitConflicts: async (stage) => {
    await unit(stage)
    await pullConflicts(stage.flow)
  },
  submissions: async (stage) => {
    await commission(stage)
    const totals = { applied: 3, converged: 0, conflicts: 1, held: 0, notWritable: 0, blocked: 0 }
    const entry = {
      id: 's1',
      number: '20231110-0001',
      by: '县医保局',
      at: CONFLICT.at,
      status: 'accepted',
      rows: 3,
      totals,
    }
    const refused = { ...entry, id: 's2', number: '', status: 'refused' }
    stage.server.on(`/api/plans/${PLAN.id}/submissions`, () => ({ submissions: [entry, refused] }))
    await pullSubmissions(stage.flow)
  },
  reviewedSubmissions: async (stage) => {
    const said = { code: 'review', kind: 'return' as const, by: '县发展改革委', at: CONFLICT.at }
    const reason = {
      ...said,
      text: '请按季度写明数量。',
      column: 'milestone.P1',
      ofText: ROWS[1]?.cells['milestone.P1'] ?? '',
    }
    const rows = ROWS.map((row) =>
      row.rowId === 'r2'
        ? { ...row, review: 'returned' as const, annotations: [{ ...reason, rowId: 'r2' }] }
        : { ...row, review: 'pending' as const },
    )
    serveUnit(stage.server, PLAN, REGISTRY, rows)
    await recognised(stage)
    const totals = { applied: 3, converged: 0, conflicts: 0, held: 0, notWritable: 0, blocked: 0 }
    const entry = { id: 's1', number: '20231110-0001', by: '县人力社保局', at: CONFLICT.at, rows: 3, totals }
    const brought = { ...entry, broughtBy: '县发展改革委', status: 'accepted' }
    stage.server.on(`/api/plans/${PLAN.id}/submissions`, () => ({ submissions: [brought] }))
    await pullSubmissions(stage.flow)
  },
  returnedPreview: async (stage) => {
    await STAGES.reviewedSubmissions?.(stage)
    stage.server.on(`POST /api/plans/${PLAN.id}/submissions?dryRun=1`, ({ body }) =>
      receiptOf(body as Submission, {}, true),
    )
    stage.host.type(SHEET, AT.r1, AT.p1, '新增就业2500人。。')
    await previewSubmission(stage.flow)
    for (const details of document.querySelectorAll('main details')) (details as HTMLDetailsElement).open = true
  },
  intake: async (stage) => {
    await commission(stage)
    showReturnedFiles(stage.flow, everyOutcome)
    await painted()
  },
  intakeEmpty: async (stage) => {
    await commission(stage)
    stage.flow.dispatch({ type: 'went', screen: 'intake' })
    await painted()
  },
  intakeConfirm: async (stage) => {
    await commission(stage)
    showReturnedFiles(stage.flow, everyOutcome, 'confirm')
    await painted()
  },
  intakeLook: async (stage) => {
    await commission(stage)
    showReturnedFiles(stage.flow, everyOutcome, 'look')
    await painted()
  },
  intakeDone: async (stage) => {
    await commission(stage)
    showReturnedFiles(stage.flow, everyOutcome, 'done')
    await painted()
    for (const details of document.querySelectorAll('main details')) (details as HTMLDetailsElement).open = true
  },
  reviewerHome: (stage) => signedOff(stage, 'reviewer'),
  drafts: async (stage) => {
    await signedOff(stage, 'reviewer')
    await pullDrafts(stage.flow)
  },
  draft: async (stage) => {
    await signedOff(stage, 'reviewer')
    const body = {
      form: 'breakdown',
      specVersion: 1,
      rows: ROWS.map(({ rowId }) => ({ rowId, baseVer: 3, cells: {} })),
    }
    const receipt = { ...everyOutcome(body, true), submissionId: 'd0', draftId: 'd0', number: '', seq: null }
    stage.server.on('/api/drafts/d0', () => ({ draft: DRAFTS[0], receipt }))
    await openDraft(stage.flow, 'd0')
  },
  draftRefused: async (stage) => {
    await signedOff(stage, 'handler')
    const body: Submission = { form: 'breakdown', specVersion: 1, rows: [] }
    const receipt = { ...receiptOf(body, {}, false), submissionId: 'd1', draftId: 'd1', number: '', seq: null }
    const refused = { code: 'plan-not-collecting', detail: '计划不在征集阶段，文本已经固定，不能再修改。' }
    stage.server.on('/api/drafts/d1', () => ({ draft: DRAFTS[1], receipt, refusal: refused }))
    await openDraft(stage.flow, 'd1')
  },
  draftRecord: async (stage) => {
    await signedOff(stage, 'handler')
    stage.server.on(`/api/plans/${PLAN.id}/submissions`, () => ({ submissions: [] }))
    await pullSubmissions(stage.flow)
  },
  draftSubmit: async (stage) => {
    await signedOff(stage, 'handler')
    stage.flow.dispatch({ type: 'went', screen: 'submit' })
  },
  draftReceipt: async (stage) => {
    await signedOff(stage, 'handler')
    const body: Submission = { form: 'breakdown', specVersion: 1, rows: [{ rowId: 'r1', baseVer: 3, cells: {} }] }
    const receipt = { ...everyOutcome(body, false), submissionId: 'd1', draftId: 'd1', number: '', seq: null }
    stage.flow.dispatch({ type: 'submitted', done: { sheet: SHEET, receipt, differing: [] } })
    stage.flow.dispatch({ type: 'noticed', notice: { tone: 'info', text: 'draft.arrived' } })
  },
  issue: async (stage) => {
    await commission(stage)
    await pullMaster(stage.flow, 'issue')
  },
  fixAll: async (stage) => {
    await unit(stage)
    stage.host.type(SHEET, AT.r1, AT.p1, '新增就业２５００人。。')
    stage.host.type(SHEET, AT.r2, AT.p1, '制定工作方案。。')
    await checkSheet(stage.flow)
    await planFixAll(stage.flow, SHEET)
  },
  spans: async (stage) => {
    await commission(stage)
    await pullMaster(stage.flow, 'spans')
  },
  status: async (stage) => {
    await commission(stage)
    await pullStatus(stage.flow)
  },
  desk: async (stage) => {
    await atDesk(stage)
    await pullDesk(stage.flow)
  },
  deskNothing: async (stage) => {
    await atDesk(stage)
    const nothing = { queue: [], suggestions: [], held: [], blocked: [], openConflicts: 0, unconfirmedSpans: 0 }
    serveDesk(stage.server, { ...sampleDesk(), ...nothing })
    await pullDesk(stage.flow)
  },
  deskReadOnly: async (stage) => {
    serveUnit(stage.server, PLAN, REGISTRY, ROWS, 'supervision')
    serveDesk(stage.server)
    await signIn(stage.flow, 'key')
    await pullDesk(stage.flow, 'review')
    stage.flow.dispatch({ type: 'deskFiltered', filter: { unit: '', review: '' } })
    await painted()
  },
  review: async (stage) => {
    await atDesk(stage)
    await pullDesk(stage.flow, 'review')
    stage.flow.dispatch({ type: 'deskFiltered', filter: { unit: '', review: '' } })
    await painted()
    for (const details of document.querySelectorAll('main details')) (details as HTMLDetailsElement).open = true
  },
  reviewReturn: async (stage) => {
    await STAGES.review?.(stage)
    press('退回修改', 'Send back')
    await painted()
  },
  reviewSeveral: async (stage) => {
    await atDesk(stage)
    const desk = sampleDesk()
    const queue = desk.queue.map((row) => ({ ...row, review: 'pending' as const, errors: 0, openConflicts: 0 }))
    serveDesk(stage.server, { ...desk, queue })
    await pullDesk(stage.flow, 'review')
    await painted()
    document.querySelector<HTMLInputElement>('.card input')?.click()
    await painted()
    press('批量通过', 'Pass the selected')
    await painted()
  },
  /** A row changes right before anything is said of it. */
  reviewMoved: async (stage) => {
    await atDesk(stage)
    const kept = serveDesk(stage.server)
    await pullDesk(stage.flow, 'review')
    await painted()
    const row = kept.rows.find(({ rowId }) => rowId === 'r1')
    const text = '新增就业2700人。'
    if (row) Object.assign(row, { ver: 20, cells: { ...row.cells, 'milestone.P1': text } })
    const changes = [{ column: 'milestone.P1', old: '新增就业2000人。', new: text }]
    const queue = kept.desk.queue.map((one) => (one.rowId === 'r1' ? { ...one, ver: 20, changes } : one))
    kept.desk = { ...kept.desk, queue }
  },
  suggestions: async (stage) => {
    await atDesk(stage)
    await pullDesk(stage.flow, 'suggestions')
    stage.server.on(`POST /api/plans/${PLAN.id}/submissions?dryRun=1`, ({ body }) => everyOutcome(body, true))
    const [cell] = sampleDesk().suggestions
    if (cell) await previewTakeUp(stage.flow, { ...cell, text: cell.submitted })
    await painted()
  },
  held: async (stage) => {
    await atDesk(stage)
    await pullDesk(stage.flow, 'held')
    await painted()
  },
  blocked: async (stage) => {
    await atDesk(stage)
    await pullDesk(stage.flow, 'blocked')
    await painted()
  },
  history: async (stage) => {
    await atDesk(stage)
    await openHistory(stage.flow, 'r1')
    await painted()
    for (const details of document.querySelectorAll('main details')) (details as HTMLDetailsElement).open = true
  },
  statusWaiting: async (stage) => {
    await signedOff(stage, 'reviewer')
    const me = (await (await stage.server.fetch('/api/me')).json()) as { actor: object }
    stage.server.on('/api/me', () => ({ ...me, actor: { ...me.actor, role: 'commission' } }))
    await signIn(stage.flow, 'key')
    await pullStatus(stage.flow)
  },
  keys: openKeys,
  keysForms: async (stage) => {
    await openKeys(stage)
    for (const details of document.querySelectorAll('details')) details.open = true
    const unit = [...document.querySelectorAll('select')].find(({ value }) => value === '')
    if (!unit) throw new Error('no choice of units')
    unit.value = '县医保局'
    unit.dispatchEvent(new Event('change', { bubbles: true }))
  },
  keysLost: async (stage) => {
    await openKeys(stage)
    const lost = keyInfo({ id: 'lost0001', lastUsedAt: null, holder: '县医保局', post: '办公室' })
    stage.server.on(`POST /api/plans/${PLAN.id}/unit-keys`, () => {
      stage.server.on(`/api/plans/${PLAN.id}/keys`, () => ({ keys: [...KEYS, lost] }))
      return 'offline'
    })
    await issueKeys(stage.flow, UNIT_KEYS)
  },
  keysUnanswered: async (stage) => {
    await openKeys(stage)
    stage.server.on(`POST /api/plans/${PLAN.id}/unit-keys`, () => {
      stage.server.on(`/api/plans/${PLAN.id}/keys`, () => 'offline')
      return 'offline'
    })
    await issueKeys(stage.flow, UNIT_KEYS)
  },
  keysIssued: async (stage) => {
    await openKeys(stage)
    const made = { id: 'new00001', role: 'unit', unit: '县医保局', post: '办公室', duty: 'reviewer' }
    stage.server.on(`POST /api/plans/${PLAN.id}/unit-keys`, () => ({
      keys: [{ ...made, key: 'mt_new00001_AbCdEfGhIjKlMnOpQrStUvWxYz0123_4567ab' }],
      skipped: ['县人力社保局'],
    }))
    await issueKeys(stage.flow, UNIT_KEYS)
  },
  ownKey: async (stage) => {
    await STAGES.keyEnds?.(stage)
    stage.flow.dispatch({ type: 'went', screen: 'ownKey' })
  },
  ownKeyUnsure: async (stage) => {
    await STAGES.ownKey?.(stage)
    stage.server.on('POST /api/keys/key-1/rotate', () => 'offline')
    await replaceOwnKey(stage.flow)
  },
  ownKeyReplaced: async (stage) => {
    await STAGES.ownKey?.(stage)
    stage.server.on('POST /api/keys/key-1/rotate', () => refusal('key-not-active', 409))
    await replaceOwnKey(stage.flow)
  },
  ownKeyIssued: async (stage) => {
    await STAGES.ownKey?.(stage)
    const made = { id: 'new00001', role: 'unit', unit: '县人力社保局', post: '办公室', duty: 'handler' }
    const key = 'mt_new00001_AbCdEfGhIjKlMnOpQrStUvWxYz0123_4567ab'
    stage.server.on('POST /api/keys/key-1/rotate', () => ({ ...made, key }))
    await replaceOwnKey(stage.flow)
  },
}

/** Draws the pane in the named stage; its buttons work. */

export async function show(root: HTMLElement, name: string, locale: 'zh' | 'en' = 'zh'): Promise<void> {
  const host = new MemoryHost([circulatedSheet()], 'file')
  const server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, ROWS)
  server.on(`/api/plans/${PLAN.id}/master`, () => MASTER)
  server.on(`/api/plans/${PLAN.id}/conflicts`, () => ({ conflicts: CONFLICTS }))
  server.on(`/api/plans/${PLAN.id}/submissions`, () => ({ submissions: SUBMISSIONS }))
  const { flow } = startFlow(host, server, locale)
  const draw = () => render(<App state={flow.state()} flow={flow} t={createTranslate(locale)} />, root)
  const dispatch = flow.dispatch
  flow.dispatch = (action) => {
    dispatch(action)
    draw()
  }
  live?.stop()
  shown = { flow, host, server }
  const stage = STAGES[name]
  if (!stage) throw new Error(`no stage ${name}`)
  areAnnotationsLost = false
  await prefetchScreens()
  draw()
  await stage({ flow, host, server })
}
