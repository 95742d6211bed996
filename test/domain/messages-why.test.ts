import { describe, expect, it } from 'vitest'
import { checkTable, RULES } from '../../domain/check.ts'
import { MESSAGES } from '../../domain/messages.ts'
import { issueWhy, WHY } from '../../domain/messages-why.ts'
import { context, spoilt } from './checks-support.ts'

/** Examples that quote a whole cell can be checked by the rules themselves; the others describe something. */
const QUOTED: Record<string, string> = {
  'space/stray': 'milestone.P1',
  'punctuation/doubled': 'milestone.P1',
  'punctuation/wrong': 'milestone.P1',
  'punctuation/unbalanced': 'milestone.P1',
  'punctuation/nested': 'milestone.P1',
  'punctuation/straight-quotes': 'milestone.P1',
  'punctuation/middle-dot': 'milestone.P1',
  'text/formula-like': 'milestone.P1',
  'text/illegal-character': 'milestone.P1',
  'text/full-width': 'milestone.P1',
  'text/stray-end': 'milestone.P1',
  'text/stray-start': 'milestone.P1',
  'text/slip': 'milestone.P1',
  'text/near-miss': 'milestone.P1',
  'text/doubled': 'milestone.P1',
  'text/doubled-verb': 'milestone.P1',
  'text/repeated': 'milestone.P1',
  'placeholder/variant': 'milestone.P1',
  'placeholder/beside-text': 'milestone.P1',
  'placeholder/unspecific': 'milestone.P1',
  'placeholder/unfilled': 'milestone.P1',
  'deadline/impossible': 'milestone.P1',
  'milestone/blank': 'milestone.P1',
  'units/mixed-separators': 'supportingUnits',
  'units/doubled': 'supportingUnits',
  'target/list-count': 'milestone.P1',
}

const BLANK = '（空白）'

describe('为什么', () => {
  it('is answered for every code that a check or the reader may give, and for no other', () => {
    expect(Object.keys(WHY).sort()).toEqual(Object.keys(MESSAGES).sort())
    for (const { code } of RULES) expect(WHY).toHaveProperty([code])
  })

  it.each(Object.entries(WHY))('%s says its rule in both languages, with two different examples', (_, why) => {
    const [wrong, right] = why.example
    expect(why.zh).toMatch(/[。）]$/)
    expect(why.en).toMatch(/\.$/)
    expect([wrong, right].every((text) => text !== '')).toBe(true)
    expect(wrong).not.toBe(right)
    expect(why.zh.length).toBeLessThanOrEqual(90)
    expect(why.en).not.toMatch(/[，。；：]/)
  })

  it.each(Object.entries(QUOTED))(
    'the wrong example of %s is found by its rule, the right one is not',
    (code, column) => {
      const [wrong, right] = WHY[code as keyof typeof WHY].example
      const codesOf = (text: string) =>
        checkTable(spoilt({ [column]: text === BLANK ? '' : text }), context).map((issue) => issue.code)
      expect(codesOf(wrong)).toContain(code)
      expect(codesOf(right)).not.toContain(code)
    },
  )

  it('names what the finding rests on in this place', () => {
    const issues = checkTable(spoilt({ 'milestone.P1': '布署推进老旧小区改造工作。' }), context)
    const slip = issues.find(({ code }) => code === 'text/slip')
    expect(slip && issueWhy(slip, 'zh')?.evidence).toEqual([
      { label: '所涉文字', value: '布署' },
      { label: '前后文', value: '布署推进老旧小区…' },
      { label: '宜写作', value: '部署' },
    ])
  })

  it('writes a sum out once, and a single figure without one', () => {
    const labels = (params: Record<string, string | number>) =>
      issueWhy({ code: 'target/falls-short', params }, 'zh')?.evidence.map(({ label }) => label)
    const params = { target: '目标20个', found: '5个、8个', figures: '5+8', sum: '13个', gap: '7个' }
    expect(labels({ ...params, several: 1 })).toEqual(['目标', '各期数字', '核算结果', '差额'])
    expect(labels({ ...params, several: 0 })).toEqual(['目标', '核算结果', '差额'])
  })

  it('shows no numbers of rows as dates', () => {
    expect(issueWhy({ code: 'number/gap', params: { from: 3, to: 5 } }, 'zh')?.evidence).toEqual([])
    const late = {
      code: 'deadline/late',
      params: { found: '9月底', from: '2023-05-01', dueOn: '2023-06-30', excerpt: '' },
    }
    expect(issueWhy(late, 'en')?.evidence.map(({ value }) => value)).toEqual(['9月底', '2023-05-01', '2023-06-30'])
  })

  it('is silent about a code that only a newer server knows', () => {
    expect(issueWhy({ code: 'future/rule', params: {} }, 'zh')).toBeUndefined()
  })
})
