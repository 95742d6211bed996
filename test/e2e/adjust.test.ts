/**
 * A paper changes the issued plan of Fengjie in every way at once: the commission edits the master workbook in
 * another program, as row by row as people do, opens it in the browser, records it, takes it back, and in the end
 * archives the plan. Against a real Worker and D1; the master is read back each time.
 */
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AdjustPlan, History, PlanChanged, PlanDetail, RelationList, RowList } from '../../domain/protocol.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'
import { openPane, type Pane } from '../support/pane.ts'
import { findChromium, findPythonWithOpenpyxl, launchChromium } from '../support/programs.ts'

const PLAN = 'fengjie-2023'
const COUNTY = '奉节县'
const LAST = 'milestone.P6'

/**
 * Whole rows of the first sheet edited by their number in the first column: [number, what, …]. openpyxl leaves
 * merged cells where they are when rows come and go, so that they are taken along here as Excel does.
 */
const EDIT_ROWS = `
import json, sys, openpyxl
from openpyxl.utils import get_column_letter
book = openpyxl.load_workbook(sys.argv[1])
sheet = book.worksheets[0]
first = next(r for r in range(1, 20) if str(sheet.cell(r, 1).value) == '1')
last = sheet.max_row
rows = []
for r in range(first, last + 1):
    merges = [(m.min_col, m.max_col) for m in sheet.merged_cells.ranges if m.min_row == r]
    rows.append(([sheet.cell(r, c).value for c in range(1, sheet.max_column + 1)], merges))
for m in [m for m in list(sheet.merged_cells.ranges) if m.min_row >= first]:
    sheet.unmerge_cells(str(m))
at = lambda number: next(i for i, (texts, _) in enumerate(rows) if str(texts[0]) == number)
for number, what, *more in json.load(sys.stdin):
    if what == 'type': rows[at(number)][0][more[0]] = more[1]
    if what == 'remove': rows.pop(at(number))
    if what == 'move': row = rows.pop(at(number)); rows.insert(at(more[0]), row)
    if what == 'insert': rows.insert(at(number), (more[0] + [None] * (len(rows[0][0]) - len(more[0])), []))
for r in range(first, last + len(rows) + 1):
    texts, merges = rows[r - first] if r - first < len(rows) else ([None] * sheet.max_column, [])
    for c, text in enumerate(texts): sheet.cell(r, c + 1).value = text
    for low, high in merges: sheet.merge_cells(start_row=r, end_row=r, start_column=low, end_column=high)
book.save(sys.argv[2])
`

type Edit = [number: string, what: 'type' | 'remove' | 'move' | 'insert', ...more: unknown[]]
/** Columns of the sheet: number, task, six periods, lead, supporting. */
const [P6_COLUMN, LEAD_COLUMN, SUPPORTING_COLUMN] = [7, 8, 9]
const NEW_TASK = '新建社区食堂3个，面向60岁以上老年人供餐。'
const PERIODS = ['——', '——', '完成选址。', '建成1个。', '建成2个。', '3个全部建成并投入使用。']
const EDITS: Edit[] = [
  ['8', 'type', P6_COLUMN, '完成主体工程并通过验收。'],
  ['36', 'type', LEAD_COLUMN, '县住房城乡建委'],
  ['36', 'type', SUPPORTING_COLUMN, '县城管局、县规划自然资源局、夔州街道'],
  ['10', 'type', SUPPORTING_COLUMN, '县人武部、县双拥工作领导小组成员单位、各乡镇（街道）、县教委'],
  ['9', 'remove'],
  ['37', 'move', '35'],
  ['4', 'insert', ['new', NEW_TASK, ...PERIODS, '县民政局', '各乡镇（街道）']],
  // From the last one up, so that no number is there twice meanwhile.
  ...renumber(['8', '7', '6', '5', '4'], 1),
  ['new', 'type', 0, '4'],
  ['37', 'type', 0, 'moved'],
  ...renumber(['36', '35'], 1),
  ['moved', 'type', 0, '35'],
]

function renumber(numbers: string[], by: number): Edit[] {
  return numbers.map((number) => [number, 'type', 0, String(Number(number) + by)])
}

describe.skipIf(!findChromium() || !findPythonWithOpenpyxl())('a paper that changes an issued plan', () => {
  let folder: string
  let worker: DemoWorker
  let browser: Browser
  let office: string
  let pane: Pane
  let original: RowList
  const read = async <Body>(rest: string, key = office) =>
    (await worker.call<Body>(key, 'GET', `/api/plans/${PLAN}${rest}`)).body
  const rowsNow = () => read<RowList>('/rows')
  const textOf = ({ rows }: RowList, number: string) => rows.find(({ cells }) => cells.number === number)
  const open = (name: string) => pane.page.locator('input[type=file]').first().setInputFiles(join(folder, name))

  /** The master as the server writes it, edited as `edits` say. */
  async function editMaster(name: string, edits: Edit[]): Promise<void> {
    const answer = await fetch(`${worker.url}/api/plans/${PLAN}/master.xlsx`, {
      headers: { authorization: `Bearer ${office}` },
    })
    await writeFile(join(folder, 'master.xlsx'), Buffer.from(await answer.arrayBuffer()))
    const run = spawnSync(
      findPythonWithOpenpyxl() as string,
      ['-c', EDIT_ROWS, join(folder, 'master.xlsx'), join(folder, name)],
      { input: JSON.stringify(edits), encoding: 'utf8' },
    )
    if (run.status !== 0) throw new Error(run.stderr)
  }

  async function fillPaper(kind: '任务调整' | '勘误'): Promise<void> {
    await pane.page.getByRole('radio', { name: new RegExp(`^${kind}`) }).check()
    await pane.page.getByLabel('理由', { exact: true }).fill('县政府第12次常务会议同意。')
    if (kind === '勘误') return
    await pane.page.getByLabel('文号').fill('奉节府办函〔2023〕8号')
    await pane.page.getByLabel('自哪一期起执行').selectOption({ label: '7月' })
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ledger-adjust-'))
    worker = await startDemoWorker({ plans: true })
    browser = (await launchChromium()) as Browser
    office = worker.keys.commission[COUNTY] as string
    const paper = { documentNumber: '奉节府办发〔2023〕5号', issuedOn: '2023-03-13' }
    await worker.call(office, 'POST', `/api/plans/${PLAN}/issue`, paper)
    original = await rowsNow()
    await editMaster('edited.xlsx', EDITS)
    pane = await openPane(browser, worker.url, office)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await worker?.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('is found in the edited table kind by kind, and what ends is chosen by nobody but the person', async () => {
    await open('edited.xlsx')
    await pane.sees(/新建社区食堂3个/)
    await pane.press('任务调整与勘误')
    await pane.sees('修改文字（3）')
    await pane.sees('新增任务（1）')
    await pane.sees('表中没有的任务（1）')
    await pane.sees('次序变动（1）')
    await pane.sees(/^序号变动 \d 项$/)
    await pane.sees('新承担此项：县住房城乡建委。')
    await pane.sees('新承担此项：县教委。')
    expect(await pane.page.getByRole('checkbox', { name: /^核减/ }).isChecked()).toBe(false)
  })

  test('is tried by the server, which says who gets and who gives up what', async () => {
    await fillPaper('任务调整')
    await pane.page.getByRole('checkbox', { name: /^核减：9 / }).check()
    await pane.page.getByRole('button', { name: /^核对所选 \d+ 项$/ }).click()
    await pane.sees('登记前核对')
    await pane.sees(/新增任务 1 项，核减任务 1 项，调整次序 1 项，变更单位 2 项/)
    const trial = await pane.page.getByRole('region', { name: '登记前核对' }).innerText()
    expect(trial).toMatch(/县妇联\s+不再牵头：“9 改造提升/)
    expect(trial).toMatch(/县民政局\s+新牵头：“4 新建社区食堂3个/)
    expect(trial).toMatch(/县城管局\s+新配合：“[^”]+”。\s+不再牵头：“/)
    expect(await rowsNow()).toEqual(original)
  })

  test('stands in the master as the table has it, with its paper in the record', async () => {
    await pane.press('确认登记')
    await pane.sees(/已登记，总表版本/)
    const now = await rowsNow()
    expect(now.rows.map(({ cells }) => cells.number)).toEqual(original.rows.map(({ cells }) => cells.number))
    expect(textOf(now, '9')?.cells[LAST]).toBe('完成主体工程并通过验收。')
    expect(textOf(now, '4')).toMatchObject({ cells: { task: NEW_TASK }, lead: ['县民政局'] })
    expect(textOf(now, '35')?.rowId).toBe(textOf(original, '37')?.rowId)
    expect(textOf(now, '37')).toMatchObject({ rowId: textOf(original, '36')?.rowId, lead: ['县住房城乡建委'] })
    expect(textOf(now, '37')?.supporting).toEqual(expect.arrayContaining(['县城管局', '夔州街道']))
    expect(textOf(now, '10')?.supporting).toContain('县教委')
    // A merged cell of a row that only went down is what it was.
    expect(textOf(now, '6')?.spans).toEqual(textOf(original, '5')?.spans)
    const ended = textOf(original, '9')?.rowId ?? ''
    expect(now.rows.map(({ rowId }) => rowId)).not.toContain(ended)
    const { events } = await read<History>(`/rows/${ended}/history`)
    expect(events.at(-1)).toMatchObject({ kind: 'delete', documentNumber: '奉节府办函〔2023〕8号' })
    const { rows } = await read<RelationList>(`/relations?row=${textOf(original, '36')?.rowId}`)
    expect(rows[0]?.recorded.map(({ documentNumber }) => documentNumber)).toContain('奉节府办函〔2023〕8号')
  })

  test('gives the task to the unit that gains it, and takes it from the one that lost it', async () => {
    const seenBy = async (unit: string) =>
      (await read<RowList>('/rows', await worker.issueKey(PLAN, unit))).rows.filter(({ role }) => role === 'lead')
    const park = textOf(original, '36')?.rowId
    expect((await seenBy('县住房城乡建委')).map(({ rowId }) => rowId)).toContain(park)
    expect((await seenBy('县城管局')).map(({ rowId }) => rowId)).not.toContain(park)
  })

  test('leaves nothing to record in the table, which carries the new ids from then on', async () => {
    await pane.press('读取当前表')
    await pane.sees(/与总表一致，没有改动/)
    // The receipt of what was recorded is still there.
    await pane.sees('登记回执')
  })

  test('is taken back as a whole, with a reason, and stands in the record twice', async () => {
    await pane.page.locator('summary').filter({ hasText: '撤销本次登记' }).click()
    await pane.page.getByLabel('撤销理由').fill('会议纪要有误，待重新印发。')
    await pane.press('撤销本次登记')
    await pane.press('确认撤销')
    await pane.sees(/已撤销，总表版本/)
    const now = await rowsNow()
    const facts = ({ rows }: RowList) =>
      rows.map(({ rowId, cells, spans, lead, supporting }) => ({
        ...{ rowId, cells, spans, lead },
        supporting: [...supporting].sort(),
      }))
    expect(facts(now)).toEqual(facts(original))
    const { events } = await read<History>(`/rows/${textOf(original, '9')?.rowId}/history`)
    expect(events.slice(-2).map(({ kind }) => kind)).toEqual(['delete', 'correct'])
  })

  test('is found again in the table, and refused where somebody else was quicker', async () => {
    await pane.press('读取当前表')
    await pane.sees(/项任务与总表不同/)
    await fillPaper('任务调整')
    const park = textOf(await rowsNow(), '36')
    const quicker: AdjustPlan = {
      kind: 'erratum',
      reason: '文字有误。',
      rows: [{ rowId: park?.rowId ?? '', baseVer: park?.ver ?? 0, cells: { [LAST]: '完成竣工验收。' } }],
    }
    const { status } = await worker.call<PlanChanged>(office, 'POST', `/api/plans/${PLAN}/adjustments`, quicker)
    expect(status).toBe(200)
    await pane.page.getByRole('button', { name: /^核对所选 \d+ 项$/ }).click()
    await pane.sees(/读取之后总表又有改动/)
    await pane.press('读取当前表')
    await pane.sees(/其中 1 项在总表中已有更新的版本/)
  })

  test('goes on once the table was brought up to date, with both what others and what the person changed', async () => {
    await pane.press('更新本表')
    await pane.page.getByRole('button', { name: /^更新 \d+ 处$/ }).click()
    await pane.page.getByRole('heading', { name: '更新完成' }).waitFor()
    await pane.home()
    await pane.press('任务调整与勘误')
    await pane.sees(/项任务与总表不同/)
    expect(await pane.page.getByText(/已有更新的版本/).count()).toBe(0)
    // The paper that was begun is still there.
    expect(await pane.page.getByLabel('文号').inputValue()).toBe('奉节府办函〔2023〕8号')
    const park = pane.page.locator('li.issue').filter({ hasText: '建设儿童公园' }).first()
    expect(await park.innerText()).toMatch(/牵头单位\s+县城管局\s*县住房城乡建委/)
    expect(await park.innerText()).not.toContain('完成竣工验收')
  })

  test('ends with the plan: archived on purpose only, and closed then', async () => {
    await pane.home()
    await pane.press('归档')
    await pane.sees(/归档后不能撤回/)
    expect(await pane.button('归档计划').isDisabled()).toBe(true)
    await pane.page.getByLabel('归档理由').fill('年度任务已全部办结。')
    await pane.page.getByRole('checkbox', { name: /已下载总表/ }).check()
    await pane.press('归档计划')
    await pane.press('确认归档')
    await pane.sees(/已归档，只能查看和下载/)
    expect((await read<PlanDetail>('')).plan.state).toBe('archived')
    expect(await pane.button('任务调整与勘误').isDisabled()).toBe(true)
    expect(await pane.button('归档').isDisabled()).toBe(true)
  })
})
