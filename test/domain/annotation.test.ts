/** What an annotation speaks of, which of several stand, and what they explain. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Annotation,
  annotatedText,
  issueKey,
  leaveOutWithdrawn,
  reasonFor,
  standingAnnotations,
  standingByRow,
  targetAnswers,
} from '../../domain/annotation.ts'
import type { Issue } from '../../domain/issue.ts'
import type { Row } from '../../domain/table.ts'
import { spec } from './checks-support.ts'

const COLUMN = 'milestone.P1'
const row = (text: string, more: Record<string, string> = {}): Row => ({
  rowId: 'r1',
  cells: { number: '1', task: '新增学位2000个', [COLUMN]: text, 'milestone.P2': '新增1000个', ...more },
})
const reason = (text: string, of: Partial<Annotation> = {}): Annotation => ({
  rowId: 'r1',
  column: COLUMN,
  code: 'punctuation/doubled',
  kind: 'reason',
  text,
  ofText: '甲',
  ...of,
})
const withdrawal = (of: Partial<Annotation> = {}) => reason('', { kind: 'withdrawal', ...of })
const textsOf = (list: Annotation[]) => list.map(({ text }) => text)

describe('what an annotation speaks of', () => {
  const textOf = (code: string, of: Row = row('甲'), column?: string) => annotatedText(spec, of, { code, column })

  it('is a cell, as it is typed; nothing where a span covers it', () => {
    expect(textOf('punctuation/doubled', row(' 甲\n'), COLUMN)).toBe(' 甲\n')
    expect(textOf('punctuation/doubled', { rowId: 'r1', cells: {} }, COLUMN)).toBe('')
  })

  it('is the whole row where no cell is named, spans included', () => {
    const code = 'period/not-covered'
    const spanned = { ...row('甲'), spans: { [COLUMN]: 2 } }
    expect(textOf(code, spanned)).not.toBe(textOf(code))
    expect(textOf(code, row('甲', { leadUnits: '县教委' }))).not.toBe(textOf(code))
  })

  it('is target and milestones for target arithmetic, whatever cell it points at, and no blank more or less', () => {
    const code = 'target/falls-short#学位 2000个'
    expect(textOf(code, row('甲'), COLUMN)).toBe(textOf(code))
    expect(textOf(code, row(' 甲 ', { leadUnits: '县教委', number: '9' }))).toBe(textOf(code))
    expect(textOf(code, row('甲', { 'milestone.P2': '新增999个' }), COLUMN)).not.toBe(textOf(code, row('甲'), COLUMN))
    expect(textOf(code, row('甲', { task: '新增学位2001个' }))).not.toBe(textOf(code))
  })

  it('is its own cell for a count beside its list', () => {
    expect(textOf('target/list-count#7所学校', row('甲'), COLUMN)).toBe('甲')
  })
})

describe('the key of an issue', () => {
  it('is its code, and its subject where it has one, and can always be sent', () => {
    expect(issueKey({ code: 'cell/required', params: {} })).toBe('cell/required')
    expect(issueKey({ code: 'target/ambiguous', params: { subject: '学位 2000个' } })).toBe(
      'target/ambiguous#学位 2000个',
    )
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (subject) => {
        const key = issueKey({ code: 'target/ambiguous', params: { subject } })
        return key.length <= 100 && !/\p{Surrogate}/u.test(key)
      }),
    )
  })
})

describe('what stands', () => {
  it('is the last that was said of the very text, whatever was said of others after it', () => {
    const said = [reason('先'), reason('后'), reason('别的', { ofText: '乙' })]
    expect(textsOf(standingAnnotations(spec, row('甲'), said))).toEqual(['后'])
    expect(textsOf(standingAnnotations(spec, row('乙'), said))).toEqual(['别的'])
    expect(standingAnnotations(spec, row('丙'), said)).toEqual([])
  })

  it('is kept apart by row, column, code and kind', () => {
    const others = [
      reason('行', { rowId: 'r2' }),
      reason('栏', { column: 'milestone.P2', ofText: '新增1000个' }),
      reason('码', { code: 'space/stray' }),
      reason('increment', { kind: 'answer' }),
    ]
    expect(textsOf(standingAnnotations(spec, row('甲'), [reason('此'), ...others]))).toEqual([
      '此',
      '栏',
      '码',
      'increment',
    ])
  })

  it('is nothing that a withdrawal took back, of whatever text; what is said after it stands', () => {
    const said = [reason('甲说'), reason('increment', { kind: 'answer' }), withdrawal({ ofText: '乙' })]
    expect(standingAnnotations(spec, row('甲'), said)).toEqual([])
    expect(textsOf(standingAnnotations(spec, row('甲'), [...said, reason('又说')]))).toEqual(['又说'])
    const elsewhere = [reason('甲说'), withdrawal({ column: 'milestone.P2' }), withdrawal({ rowId: 'r2' })]
    expect(textsOf(standingAnnotations(spec, row('甲'), [...elsewhere, withdrawal({ code: 'x/y' })]))).toEqual(['甲说'])
  })

  it('is given by row, without the rows of which nothing stands', () => {
    const rows = [row('甲'), { ...row('甲'), rowId: 'r2' }]
    expect([...standingByRow(spec, rows, [reason('此')])]).toEqual([['r1', [reason('此')]]])
  })
})

it('a withdrawal leaves what it may not reach', () => {
  const said = [reason('甲说'), reason('乙说'), withdrawal()]
  expect(textsOf(leaveOutWithdrawn(said, (_, made) => made.text === '甲说'))).toEqual(['乙说'])
})

describe('the reason for an issue', () => {
  const issue = (of: Partial<Issue> = {}): Issue => ({
    code: 'target/falls-short',
    severity: 'warning',
    rowId: 'r1',
    column: COLUMN,
    params: { subject: '学位 2000个' },
    ...of,
  })
  const key = { code: 'target/falls-short#学位 2000个' }

  it('is the one of its key; one of its bare code is meant for every subject', () => {
    expect(reasonFor([reason('是', key)], issue())?.text).toBe('是')
    expect(reasonFor([reason('是', { code: 'target/falls-short' })], issue())?.text).toBe('是')
    expect(reasonFor([reason('否', { code: 'target/falls-short#托位 50个' })], issue())).toBeUndefined()
    expect(reasonFor([reason('否', key)], issue({ column: undefined }))).toBeUndefined()
  })

  it('is none for an error, but one for every other severity', () => {
    for (const severity of ['warning', 'hint', 'ask'] as const) {
      expect(reasonFor([reason('是', key)], issue({ severity }))?.text).toBe('是')
    }
    expect(reasonFor([reason('否', key)], issue({ severity: 'error' }))).toBeUndefined()
  })

  it('is no answer', () => {
    expect(reasonFor([reason('increment', { ...key, kind: 'answer' })], issue())).toBeUndefined()
  })
})

it('answers are given to the check by row, the last to each subject, words that are none left out', () => {
  const answer = (code: string, text: string) => reason(text, { kind: 'answer', code })
  const standing = new Map([
    [
      'r1',
      [
        answer('target/ambiguous#学位 2000个', 'increment'),
        answer('target/not-covered#托位#1', 'elsewhere'),
        answer('target/falls-short#学位 2000个', 'cumulative'),
      ],
    ],
    ['r2', [answer('target/ambiguous#学位', 'perhaps'), reason('说明')]],
  ])
  expect([...targetAnswers(standing)]).toEqual([
    [
      'r1',
      [
        { subject: '学位 2000个', answer: 'cumulative' },
        { subject: '托位#1', answer: 'elsewhere' },
      ],
    ],
  ])
})
