/**
 * A county's own table becomes a plan: units settled in the pane, the plan issued, then changed by paper from the
 * table itself. In the browser over a file, against a real Worker and D1.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { History, Me, PlanDetail, PlanFile, RowList } from '../../domain/protocol.ts'
import { drawPlan } from '../../tools/draw-plan.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'
import { openPane, type Pane } from '../support/pane.ts'
import { findChromium, launchChromium } from '../support/programs.ts'

const COUNTY = '奉节县'
const TITLE = '奉节县2031年民生实事任务分解表'
const PERIODS = ['3月', '6月', '9月', '12月']
/** Two spellings of one unit, and a group that leads. */
const LEADS = ['县发展改革委', '县发改委', '各乡镇（街道）', '县教委', '太平镇', '城南街道']

/** The table alone is drawn; its registry is what the commission settles below. */
function tableFile(): PlanFile {
  const periods = PERIODS.map((label, i) => ({
    key: `P${i + 1}`,
    label,
    from: `2031-${String(i * 3 + 1).padStart(2, '0')}-01`,
    to: `2031-${String(i * 3 + 3).padStart(2, '0')}-28`,
    dueOn: `2031-${String(i * 3 + 3).padStart(2, '0')}-28`,
    supervisedOn: `2031-${String(i * 3 + 3).padStart(2, '0')}-28`,
  }))
  return {
    plan: {
      id: 'table',
      county: COUNTY,
      year: 2031,
      title: TITLE,
      titleLines: [TITLE],
      periods,
      columns: [
        { key: 'number', header: '序号' },
        { key: 'task', header: '重点任务' },
        { key: 'milestones', header: '每季度工作目标任务' },
        { key: 'leadUnits', header: '牵头单位' },
        { key: 'supportingUnits', header: '配合单位' },
      ],
    },
    registry: { units: [] },
    rows: LEADS.map((leadUnits, i) => ({
      rowId: `t${i + 1}`,
      cells: {
        number: String(i + 1),
        task: `民生实事第${'一二三四五六'[i]}项：改造农村公路${10 + i}公里。`,
        ...Object.fromEntries(
          PERIODS.map((_, p) => [`milestone.P${p + 1}`, p < 3 ? '完成工程量的30%。' : `完成改造${10 + i}公里。`]),
        ),
        leadUnits,
        supportingUnits: '——',
      },
      spansConfirmed: true,
      lead: [],
      supporting: [],
    })),
  }
}

describe.skipIf(!findChromium())('a plan from the table to its adjustment', () => {
  let folder: string
  let worker: DemoWorker
  let browser: Browser
  let office: string
  let pane: Pane
  let planId = ''
  const read = async <Body>(rest: string) =>
    (await worker.call<Body>(office, 'GET', `/api/plans/${planId}${rest}`)).body

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ledger-setup-'))
    worker = await startDemoWorker({ plans: false })
    browser = (await launchChromium()) as Browser
    office = worker.keys.commission[COUNTY] as string
    const created = '2031-01-10T00:00:00Z'
    await writeFile(join(folder, 'table.xlsx'), await writeWorkbook([drawPlan(tableFile())], { title: TITLE, created }))
    pane = await openPane(browser, worker.url, office)
    await pane.page.locator('input[type=file]').first().setInputFiles(join(folder, 'table.xlsx'))
    await pane.sees(/改造农村公路10公里/)
  })
  afterAll(async () => {
    await browser?.close()
    await worker?.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('spellings, groups and their members are settled before the plan is made', async () => {
    await pane.press('建立计划')
    await pane.sees(/单位核对（\d+）/)
    await pane.sees('“县发改委”与“县发展改革委”是否为同一单位？')
    await pane.press('是同一单位，用“县发改委”')
    await pane.sees('“县发展改革委”已确认。')
    // The wrong one was kept: back, and the other way round.
    await pane.press('撤销上一项确认')
    await pane.press('是同一单位，用“县发展改革委”')
    await pane.sees('“县发改委”已确认。')
    await pane.page.getByLabel('“各乡镇（街道）”包括的单位').fill('太平镇、城南街道、和平乡')
    await pane.sees('名录中没有：和平乡')
    await pane.page.getByLabel('“各乡镇（街道）”包括的单位').fill('太平镇、城南街道')
    await pane.press('确认成员')
    await pane.sees('单位名称均已识别，没有需要确认的。')
    await pane.press('确认建立')
    await pane.sees(/已建立，共 6 行/)

    const { body: me } = await worker.call<Me>(office, 'GET', '/api/me')
    planId = me.plans.find(({ title }) => title === TITLE)?.id ?? ''
    const { rows } = await read<RowList>('/rows')
    expect(rows.map(({ lead }) => lead)).toEqual([
      ['县发展改革委'],
      ['县发展改革委'],
      expect.arrayContaining(['太平镇', '城南街道']),
      ['县教委'],
      ['太平镇'],
      ['城南街道'],
    ])
    const { registry } = await read<PlanDetail>('')
    expect(registry.units.find(({ name }) => name === '县发展改革委')?.aliases).toEqual(['县发改委'])
  })

  test('a unit gets another name afterwards, and its old one goes on being read', async () => {
    await pane.press('单位名录')
    await pane.page.getByLabel('查找').fill('教委')
    await pane.press('修改“县教委”')
    await pane.page.getByLabel('名称', { exact: true }).fill('县教育局')
    expect(await pane.button('保存').isDisabled()).toBe(true)
    await pane.page.getByLabel('改动理由').fill('机构改革更名')
    await pane.press('保存')
    await pane.sees('“县教育局”已保存。')
    const { registry } = await read<PlanDetail>('')
    expect(registry.units.find(({ name }) => name === '县教育局')?.formerNames).toEqual(['县教委'])
    await pane.home()
  })

  test('after it was issued, what the table says otherwise becomes an adjustment with its paper', async () => {
    await pane.press('印发')
    await pane.page.getByLabel('文号').fill('奉节府办发〔2031〕5号')
    await pane.page.getByRole('checkbox').check()
    await pane.press('确认印发')
    await pane.sees(/奉节府办发〔2031〕5号/)

    await pane.press('任务调整与勘误')
    await pane.sees(/与总表一致，没有改动/)
    await pane.retype('完成改造13公里。', '完成改造15公里。')
    await pane.retype('完成改造14公里。', '完成改造16公里。')
    await pane.press('读取当前表')
    await pane.sees(/有 2 项任务与总表不同/)
    await pane.page.getByRole('checkbox', { name: /第五项/ }).uncheck()
    await pane.page.getByLabel('理由', { exact: true }).fill('县政府第12次常务会议同意调整。')
    await pane.page.getByLabel('文号').fill('奉节府办函〔2031〕8号')
    await pane.page.getByLabel('自哪一期起执行').selectOption({ label: '9月' })
    await pane.press('核对所选 1 项')
    await pane.press('确认登记')
    await pane.sees(/已登记，总表版本/)

    const { rows } = await read<RowList>('/rows')
    expect(rows.map(({ cells }) => cells['milestone.P4']).slice(3, 5)).toEqual(['完成改造15公里。', '完成改造14公里。'])
    const { events } = await read<History>(`/rows/${rows[3]?.rowId}/history`)
    expect(events.at(-1)).toMatchObject({
      kind: 'adjust',
      documentNumber: '奉节府办函〔2031〕8号',
      effectivePeriod: 'P3',
    })

    // The row that was left out is still offered, and as an erratum needs no paper.
    await pane.press('读取当前表')
    await pane.sees(/有 1 项任务与总表不同/)
    await pane.page.getByRole('radio', { name: /勘误/ }).check()
    await pane.page.getByLabel('理由', { exact: true }).fill('印发稿里程数有误。')
    await pane.press('核对所选 1 项')
    await pane.press('确认登记')
    await pane.sees(/已登记，总表版本/)
    const { rows: after } = await read<RowList>('/rows')
    expect(after[4]?.cells['milestone.P4']).toBe('完成改造16公里。')
  })
})
