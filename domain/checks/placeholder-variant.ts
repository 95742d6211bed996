/**
 * Another sign or word for “no work in this period” or “no supporting unit”: －－, /, 无. Everything else that
 * the table does with such a cell reads ——.
 */
import { DASH, foldText } from '../fold.ts'
import { rowRule } from './rule.ts'
import { LEAD } from './unit-cells.ts'

/** Signs and words that alone in a cell say nothing else; 一一 is —— typed as a number. */
const PLACEHOLDER =
  /^(?:[-\u2010-\u2015\u2212\u2500\u2501\u30FC\uFE58\uFE63\uFF0D_＿~～]+|[/／\\＼]+|[×xX]|一一+|无|暂无|没有|略|空|空格|空白|不涉及|无内容|无(?:工作)?任务|N\/?A|nil|null)[。.]?$/i

export const placeholderVariant = rowRule({
  level: 'row',
  per: 'row',
  codes: { 'placeholder/variant': 'hint' },
  check(row, { table }) {
    return table.spec.columns
      .filter(({ key, kind }) => kind === 'milestone' || (kind === 'units' && key !== LEAD))
      .flatMap(({ key }) => {
        const text = row.cells[key] ?? ''
        const folded = foldText(text)
        const bare = folded === DASH ? text.trim() : folded
        if (bare === DASH || !PLACEHOLDER.test(bare)) return []
        return [{ code: 'placeholder/variant' as const, column: key, to: DASH, params: { found: bare } }]
      })
  },
})
