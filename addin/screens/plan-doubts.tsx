/** What to check in a drafted plan, together by what it is about: one sentence for a whole column of cells is read, forty are not. */
import { isMessageKey, type MessageKey } from '../messages.ts'
import type { PlanDraft } from '../state.ts'
import { PagedList } from '../ui/more.tsx'
import { taskLabel } from './labels.ts'
import { isUnitQuestion } from './plan-units.tsx'
import type { ScreenProps } from './screen-props.ts'

type Doubt = PlanDraft['doubts'][number]

const GROUPS = ['columns', 'periods', 'spans', 'rows', 'leads', 'other'] as const
type Group = (typeof GROUPS)[number]

/** Groups longer than this start folded. */
const SHORT = 5

export function PlanDoubts({ draft, t }: Pick<ScreenProps, 't'> & { draft: PlanDraft }) {
  const others = draft.doubts.filter((doubt) => !isUnitQuestion(doubt))
  if (others.length === 0) return <p>{t('createPlan.noDoubts')}</p>
  return (
    <section class="stack">
      <h3>{t('createPlan.doubts', { count: others.length })}</h3>
      {GROUPS.map((group) => {
        const doubts = others.filter(({ code }) => groupOf(code) === group)
        const title: MessageKey = `doubts.${group}`
        return doubts.length === 0 ? null : (
          <details key={group} open={doubts.length <= SHORT}>
            <summary>{t(title, { count: doubts.length })}</summary>
            <PagedList
              class="issues"
              items={doubts}
              more={(left) => t('more', { left })}
              render={(doubt, index) => <DoubtItem key={index} draft={draft} doubt={doubt} t={t} />}
            />
          </details>
        )
      })}
    </section>
  )
}

function groupOf(code: string): Group {
  if (code.startsWith('column/')) return 'columns'
  if (code.startsWith('period/')) return 'periods'
  if (code === 'plan/spans-unconfirmed') return 'spans'
  if (code.startsWith('row/')) return 'rows'
  if (code === 'plan/no-lead') return 'leads'
  return 'other'
}

/** A doubt whose code this pane does not know is shown by its code rather than hidden. */
function DoubtItem({ draft, doubt, t }: Pick<ScreenProps, 't'> & { draft: PlanDraft; doubt: Doubt }) {
  const row = draft.file.rows.find(({ rowId }) => rowId === doubt.rowId)
  const { column } = doubt.params
  const header = draft.file.plan.columns.find(({ key }) => key === column)?.header
  const key = `doubt.${doubt.code}`
  const params = { ...doubt.params, column: header ?? column ?? '' }
  return (
    <li class="issue ask">
      {row ? <p class="where">{taskLabel(row.cells.number ?? '', row.cells.task ?? '')}</p> : null}
      <p>{isMessageKey(key) ? t(key, params) : t('doubt.other', { code: doubt.code })}</p>
    </li>
  )
}
