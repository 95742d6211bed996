import { expect, test } from 'vitest'
import { initialState, type State } from '../../addin/state.ts'
import { type Action, transition } from '../../addin/state-transitions.ts'
import { receiptOf } from '../support/fake-server.ts'
import { PLAN, REGISTRY, ROWS } from '../support/unit-sheet.ts'

const SIGNED_IN: Action = {
  type: 'signedIn',
  me: {
    actor: { id: 'a', role: 'unit', name: '县人力社保局' },
    key: { id: 'k', post: '' },
    plans: [],
    limits: { bodyBytes: 1, rows: 1, cellLength: 1 },
  },
}
const OPENED: Action = {
  type: 'planOpened',
  plan: { plan: PLAN, registry: REGISTRY },
  rows: { planId: PLAN.id, state: 'collecting', seq: 1, rows: ROWS },
}
const SUBMISSION = { form: 'breakdown' as const, specVersion: 1, rows: [] }

function after(...actions: Action[]): State {
  return actions.reduce(transition, initialState('zh', 'excel'))
}

const PREVIEWED: Action = {
  type: 'previewed',
  preview: {
    sheet: 's',
    snapshot: '',
    submission: SUBMISSION,
    receipt: receiptOf(SUBMISSION, {}, true),
    unversioned: 0,
    foreign: [],
    gone: [],
    unsent: [],
    leftOut: { rows: [], others: 0, own: 0, known: 0, missing: [] },
    clears: [],
  },
}

test('signing out leaves nothing of the person or the plan', () => {
  const state = after(SIGNED_IN, OPENED, { type: 'sheetTaken', sheet: 's' }, PREVIEWED, { type: 'signedOut' })
  expect(state).toEqual(initialState('zh', 'excel'))
})

test('another plan starts without the sheet, results and fixes of the last', () => {
  const state = after(SIGNED_IN, OPENED, { type: 'sheetTaken', sheet: 's' }, PREVIEWED, OPENED)
  expect(state).toMatchObject({ undo: [] })
  expect(state.sheet ?? state.preview).toBeUndefined()
})

const NEW_KEY = { id: 'k', key: 'secret', role: 'unit' as const, post: '' }
const ISSUED: Action = {
  type: 'keysIssued',
  issued: { keys: [NEW_KEY], skipped: [], own: false, slips: [], heading: { county: '', planTitle: '' } },
}

test.each<Action>([{ type: 'went', screen: 'home' }, { type: 'signedOut' }, OPENED, { type: 'keysPulled', keys: [] }])(
  'keys that are shown once stay in sight whatever else happens: $type',
  (action) => {
    const state = after(SIGNED_IN, OPENED, ISSUED, action)
    expect(state.screen).toBe('issuedKeys')
    expect(JSON.stringify(state)).toContain('secret')
  },
)

test.each<[string, Action[]]>([
  ['keys', [SIGNED_IN, OPENED, ISSUED]],
  ['signIn', [SIGNED_IN, OPENED, ISSUED, { type: 'signedOut' }]],
])('keys that are shown once are gone once the person says that they are kept, which leads to %s', (screen, before) => {
  const state = after(...before, { type: 'keysKept' })
  expect(state.screen).toBe(screen)
  expect(JSON.stringify(state)).not.toContain('secret')
})

test('a clearing is confirmed and taken back by the same box', () => {
  const toggle: Action = { type: 'clearToggled', cell: 'r1 milestone.P1' }
  expect(after(PREVIEWED, toggle).preview?.clears).toEqual(['r1 milestone.P1'])
  expect(after(PREVIEWED, toggle, toggle).preview?.clears).toEqual([])
})

test('a sheet that is settled late does not bring its receipt back before the person', () => {
  const done = { sheet: 's', receipt: receiptOf(SUBMISSION, {}, false), differing: [] }
  const differing = [{ rowId: 'r1', column: 'task', sheet: 'old', head: 'new' }]
  const state = after({ type: 'submitted', done }, { type: 'went', screen: 'home' }, { type: 'settled', differing })
  expect(state).toMatchObject({ screen: 'home', done: { differing } })
})

test('fixes are taken back last first', () => {
  const fixed = (to: string): Action => ({
    type: 'fixed',
    sheet: 's',
    copyId: 'c',
    inverse: [{ rowId: 'r1', column: 'task', from: to, to: '' }],
  })
  expect(after(fixed('one'), fixed('two'), { type: 'undone' }).undo).toMatchObject([{ fix: [{ from: 'one' }] }])
})

test('an edit elsewhere does not make results stale', () => {
  const check = {
    sheet: 's',
    spec: {} as never,
    issues: [],
    snapshot: '',
    stale: false,
    rows: 0,
    masterIssues: [],
    table: [],
    columns: {},
    standing: [],
  }
  expect(after({ type: 'checked', check }, { type: 'sheetEdited', sheet: 'other' }).check?.stale).toBe(false)
  expect(after({ type: 'checked', check }, { type: 'sheetEdited', sheet: 's' }).check?.stale).toBe(true)
})

test('progress without work under way changes nothing', () => {
  const state = after()
  expect(transition(state, { type: 'progressed', done: 1, total: 2 })).toBe(state)
})
