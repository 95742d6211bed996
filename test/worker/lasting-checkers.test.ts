/** Checkers that outlive a request give what a new one gives, and hold no more than a plan's worth of texts. */
import { describe, expect, test } from 'vitest'
import { checkTable } from '../../domain/check.ts'
import { planContext } from '../../domain/check-context.ts'
import { breakdownSpec, type Plan } from '../../domain/plan.ts'
import { checkerOf } from '../../worker/lasting-checkers.ts'
import type { HeadRow } from '../../worker/store/rows.ts'
import { planFile } from './county.ts'

const { plan, registry, rows } = planFile('any')
const PLAN: Plan = { ...plan, state: 'collecting' }
const spec = breakdownSpec(PLAN)
const context = planContext(PLAN, registry)

/** The rows of a county's plan, some with another text, all of it at one version. */
function headsOf(texts: Record<string, string>, ver: number): HeadRow[] {
  return rows.map(({ rowId, cells, spans }) => ({
    row: {
      rowId,
      cells: { ...cells, ...(rowId in texts ? { 'milestone.P1': texts[rowId] ?? '' } : {}) },
      ...(spans ? { spans } : {}),
    },
    ver: rowId in texts ? ver : 1,
    orderKey: rowId,
    spansConfirmed: true,
    deleted: false,
  }))
}

function check(planId: string, heads: HeadRow[], by = checkerOf(planId, heads)) {
  return by({ spec, rows: heads.map(({ row, ver }) => ({ ...row, ver })), complete: true }, context)
}

const FORMULA = { r1: '=1+1' }
const paramsOf = (issues: ReturnType<typeof check>) =>
  issues.find(({ code, rowId }) => code === 'text/formula-like' && rowId === 'r1')?.params

describe('a checker of a plan', () => {
  test('gives what a new one gives, whatever was checked before', () => {
    const steps: Record<string, string>[] = [{}, FORMULA, { ...FORMULA, r2: '' }, { r2: '新增10个' }, {}]
    for (const [i, texts] of steps.entries()) {
      const heads = headsOf(texts, i + 2)
      expect(check('steps', heads)).toEqual(check('steps', heads, checkTable))
    }
    const fewer = headsOf({}, 9).slice(1)
    expect(check('steps', fewer)).toEqual(check('steps', fewer, checkTable))
  })

  test('remembers what it found in a row that did not change', () => {
    const found = paramsOf(check('once', headsOf(FORMULA, 2)))
    expect(found).toBeDefined()
    expect(paramsOf(check('once', headsOf({ ...FORMULA, r2: '新增10个' }, 2)))).toBe(found)
  })

  test('begins anew once it saw too many texts, and after other plans', () => {
    const found = paramsOf(check('long', headsOf(FORMULA, 2)))
    checkerOf('long', headsOf({ ...FORMULA, r2: '长'.repeat(4_000_000) }, 3))
    expect(paramsOf(check('long', headsOf(FORMULA, 2)))).not.toBe(found)
    const again = paramsOf(check('long', headsOf(FORMULA, 2)))
    for (const other of ['a', 'b', 'c']) check(other, headsOf({}, 2))
    expect(paramsOf(check('long', headsOf(FORMULA, 2)))).not.toBe(again)
  })
})
