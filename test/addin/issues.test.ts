/** Issues in the order of what to do next, and the screen that shows them: in a real browser, by keyboard. */
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PlacedIssue } from '../../addin/checking-state.ts'
import { createTranslate } from '../../addin/messages.ts'
import {
  EVERY_ISSUE,
  filterIssues,
  groupIssues,
  groupOpen,
  nameIssues,
  nextSteps,
} from '../../addin/screens/issue-order.ts'
import { placeOfIssue } from '../../addin/screens/issue-place.ts'
import { shortenPieces } from '../../addin/ui/inline-change.tsx'
import { diffWords } from '../../addin/ui/word-diff.ts'
import type { Issue, Severity } from '../../domain/issue.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import { bundleForPage } from '../support/bundle.ts'
import { CHENGKOU, FENGJIE } from '../support/plan-samples.ts'
import { launchChromium } from '../support/programs.ts'

function placed(severity: Severity, row?: number, column?: number, explained = false): PlacedIssue {
  const issue = { code: 'text/slip', severity, rowId: `r${row}`, params: { found: '布署' } }
  const reason = {
    rowId: `r${row}`,
    code: 'text/slip',
    kind: 'reason' as const,
    text: '原文如此。',
    ofText: '',
    at: '',
  }
  return { issue, mine: true, task: '', ...(row !== undefined && { row, column }), ...(explained && { reason }) }
}

describe('the order of issues', () => {
  test('is that of the sheet within what has to be done with them, the whole table first', () => {
    const issues = [
      placed('hint', 3, 2),
      placed('hint', 1, 4),
      placed('hint'),
      placed('hint', 1, 2),
      placed('error', 9, 9),
    ]
    const { open } = groupIssues(issues)
    expect(open.hint.map(({ row, column }) => [row, column])).toEqual([
      [undefined, undefined],
      [1, 2],
      [1, 4],
      [3, 2],
    ])
    expect(open.error).toHaveLength(1)
  })

  test('by row or by kind puts the group with the gravest issue first', () => {
    const issues = [placed('hint', 1, 1), placed('error', 3, 1), placed('hint', 3, 2), placed('warning', 2, 1)]
    expect(groupOpen(issues, 'row').map(({ issues }) => issues.map(({ row, column }) => [row, column]))).toEqual([
      [
        [3, 1],
        [3, 2],
      ],
      [[2, 1]],
      [[1, 1]],
    ])
    expect(groupOpen(issues, 'rule')).toHaveLength(1)
  })

  test('leaves out what stays for a reason', () => {
    const { open, explained } = groupIssues([placed('warning', 1, 1, true), placed('warning', 2, 1)])
    expect(open.warning.map(({ row }) => row)).toEqual([2])
    expect(explained.map(({ row }) => row)).toEqual([1])
  })

  test('gives each issue a name of its own that does not hang on its place', () => {
    const [one, same, other] = [placed('hint', 1, 1), placed('hint', 1, 1), placed('hint', 2, 1)]
    const names = nameIssues([one, same, other])
    expect(new Set(names.values()).size).toBe(3)
    expect(nameIssues([other]).get(other)).toBe(names.get(other))
  })
})

describe('the place of an issue', () => {
  const spec = breakdownSpec(FENGJIE)
  const columns = { number: 0, task: 1, 'milestone.P1': 2 }
  const of = (code: string, column?: string): PlacedIssue => {
    const issue: Issue = { code, severity: 'warning', rowId: 'r1', params: {}, ...(column && { column }) }
    return { issue, mine: true, task: '', row: 8, ...(column && { column: columns[column as keyof typeof columns] }) }
  }

  test('of a whole row is where the promise stands, not the first column', () => {
    expect(placeOfIssue(of('target/stage-only'), { spec, columns })).toMatchObject({
      address: 'B9',
      header: '重点任务',
    })
    expect(placeOfIssue(of('row-id/none'), { spec, columns })).toMatchObject({ address: 'B9', header: '' })
  })

  test('of a form with its own target column is in that one', () => {
    const wide = { spec: breakdownSpec(CHENGKOU), columns: { ...columns, target: 5 } }
    const place = placeOfIssue(of('target/stage-only'), wide)
    expect(place).toMatchObject({ address: 'F9', header: '2023年工作目标任务' })
  })

  test('of a cell is that cell, and of the whole table none', () => {
    expect(placeOfIssue(of('text/slip', 'milestone.P1'), { spec, columns })).toMatchObject({ address: 'C9' })
    expect(placeOfIssue(placed('error'), { spec, columns })).toBeUndefined()
  })
})

test('each filter counts what it would show with the others as they are', () => {
  const others = { ...placed('error', 5, 1), mine: false }
  const issues = [placed('error', 1, 1), placed('hint', 2, 1), placed('hint', 3, 1), others]
  const says = ({ row }: PlacedIssue) => `第${row}行 学校`
  const find = (view: Partial<typeof EVERY_ISSUE>) => filterIssues(issues, { ...EVERY_ISSUE, ...view }, says)
  expect(find({}).shown).toHaveLength(3)
  expect(find({ severity: 'hint' })).toMatchObject({ steps: { all: 3, error: 1, hint: 2 }, mine: 2, all: 2 })
  expect(find({ all: true })).toMatchObject({ steps: { all: 4, error: 2 }, mine: 3, all: 4 })
  expect(find({ text: '学校 第2行' }).shown).toEqual([issues[1]])
  expect(find({ text: '学校 医院' }).shown).toEqual([])
})

test('what stays for a reason counts as explained, and under no kind that is still to be done', () => {
  const issues = [placed('warning', 1, 1), placed('warning', 2, 1, true)]
  const find = (severity: typeof EVERY_ISSUE.severity) => filterIssues(issues, { ...EVERY_ISSUE, severity }, () => '')
  expect(find('all').steps).toMatchObject({ all: 2, warning: 1, explained: 1 })
  expect(find('warning').shown).toEqual([issues[0]])
  expect(find('explained').shown).toEqual([issues[1]])
})

describe('the next step', () => {
  const t = createTranslate('zh')
  const steps = (severities: Severity[], fixable = 0, maySubmit = true) =>
    nextSteps(groupIssues(severities.map((severity, row) => placed(severity, row, 1))), { t, fixable, maySubmit })

  test.each<[Severity[], string[]]>([
    [['error', 'error', 'warning', 'hint'], ['先改 2 处错误；另有 1 处请修改或说明理由。']],
    [['error', 'ask'], ['先改 1 处错误；1 处请确认。']],
    [['warning', 'warning', 'ask'], ['没有错误。有 2 处请修改，或说明保留的理由；1 处请确认。']],
    [['ask', 'hint'], ['没有错误。有 1 处请核实确认。']],
    [['hint'], ['没有必须处理的问题，可以报送。', '另有提示 1 处，供参考。']],
    [[], ['没有必须处理的问题，可以报送。']],
  ])('for %j', (severities, expected) => {
    expect(steps(severities)).toEqual(expected)
  })

  test('is what was sent back, before errors, and only the rest after it', () => {
    const back: PlacedIssue = {
      ...placed('warning', 9, 1),
      issue: { ...placed('warning').issue, code: 'review/returned' },
    }
    const steps = (...others: PlacedIssue[]) =>
      nextSteps(groupIssues([...others, back]), { t, fixable: 0, maySubmit: true })
    expect(steps()).toEqual(['先按退回意见修改 1 处，再重新报送。'])
    expect(steps(placed('error', 1, 1), placed('warning', 1, 1))).toEqual([
      '先按退回意见修改 1 处，再重新报送。',
      '另改 1 处错误；另有 1 处请修改或说明理由。',
    ])
    expect(steps(placed('warning', 1, 1))[1]).toBe('另有 1 处请修改，或说明保留的理由。')
  })

  test('names fixes that can be made at once, and no submission where none can be made', () => {
    expect(steps(['hint', 'hint'], 2, false)).toEqual([
      '没有必须处理的问题。',
      '另有提示 2 处，供参考。',
      '2 处可以一键处理，处理前可逐处核对。',
    ])
  })

  test('no longer counts what stays for a reason', () => {
    const grouped = groupIssues([placed('warning', 1, 1, true)])
    expect(nextSteps(grouped, { t, fixable: 0, maySubmit: true })).toEqual(['没有必须处理的问题，可以报送。'])
  })
})

test('of a long text a change shows only the words around it', () => {
  const long = '推进老旧小区改造和配套设施建设，'.repeat(4)
  const [start, ...rest] = shortenPieces(
    diffWords(`${long}完成选址,启动设计。${long}`, `${long}完成选址，启动设计。${long}`),
  )
  expect(start?.text).toMatch(/^….{8}完成选址$/)
  expect(rest.map(({ kind }) => kind)).toEqual(['removed', 'added', 'same'])
  expect(rest.at(-1)?.text).toMatch(/^启动设计。.{7}…$/)
  expect(shortenPieces(diffWords('短文,', '短文，'))[0]?.text).toBe('短文')
})

describe('the screen', () => {
  let browser: Browser | undefined
  let page: Page

  beforeAll(async () => {
    browser = await launchChromium()
    if (!browser) throw new Error('no Chromium')
    page = await browser.newPage({ viewport: { width: 350, height: 700 } })
    await page.setContent('<!doctype html><html lang="zh-CN"><body></body></html>')
    await page.addStyleTag({ content: await readFile('addin/ui/style.css', 'utf8') })
    await page.addScriptTag({ content: await bundleForPage('test/addin/screens-harness.tsx', 'harness') })
  })

  afterAll(() => browser?.close())

  beforeEach(async () => {
    await page.evaluate(async () => {
      document.getElementById('root')?.remove()
      const root = document.createElement('div')
      root.id = 'root'
      document.body.append(root)
      const { harness } = window as unknown as { harness: { show(root: HTMLElement, name: string): Promise<void> } }
      await harness.show(root, 'explainable')
    })
  })

  const item = (text: string) => page.locator('li.issue').filter({ hasText: text })
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')

  test('tells why by the keyboard alone', async () => {
    const why = item('不成对').locator('summary')
    await why.focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => item('不成对').getByText('应当成对使用').isVisible()).toBe(true)
    expect(await item('不成对').getByText('前后文').isVisible()).toBe(true)
    const told = await why.getAttribute('aria-describedby')
    expect(await page.locator(`#${told}`).innerText()).toContain('不成对')
  })

  test('takes a reason in place: required, bounded, folded away once it stands, and taken back', async () => {
    const open = page.getByRole('heading', { name: /^需处理/ })
    const before = await open.innerText()
    await item('不成对').getByRole('button', { name: '保留并说明理由' }).focus()
    await page.keyboard.press('Enter')
    const field = page.getByLabel('保留的理由')
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
    expect(await field.getAttribute('maxlength')).toBe('500')
    const send = page.getByRole('button', { name: '登记理由' })
    await field.fill('  ')
    expect(await send.isDisabled()).toBe(true)
    await field.fill('与印发文件一致。')
    await send.click()
    const explained = page.locator('summary').filter({ hasText: '已说明理由（1）' })
    await explained.waitFor()
    expect(await open.innerText()).not.toBe(before)
    expect(await item('不成对').isVisible()).toBe(false)
    await explained.click()
    expect(await item('不成对').locator('blockquote').innerText()).toContain('与印发文件一致。')
    expect(await item('不成对').locator('footer').innerText()).toBe('县人力社保局说明，2023-11-10 09:02')
    await item('不成对').getByRole('button', { name: '撤回' }).click()
    await expect.poll(() => open.innerText()).toBe(before)
    expect(await page.locator('summary').filter({ hasText: '已说明理由（' }).count()).toBe(0)
  })

  test('gives the focus back to the button that opened the form', async () => {
    await item('不成对').getByRole('button', { name: '保留并说明理由' }).click()
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: '取消' }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(focused).toBe('保留并说明理由')
  })

  test('keeps what was written where it could not be sent, whatever else is mended meanwhile', async () => {
    await page.evaluate(() => {
      const { harness } = window as unknown as { harness: { failAnnotations(): void } }
      harness.failAnnotations()
    })
    await item('不成对').getByRole('button', { name: '保留并说明理由' }).click()
    await page.getByLabel('保留的理由').fill('与印发文件一致。')
    await page.getByRole('button', { name: '登记理由' }).click()
    await page.getByText('未能连接服务器').waitFor()
    expect(await page.getByLabel('保留的理由').inputValue()).toBe('与印发文件一致。')
    // The form stays with its own issue when another one leaves the list in front of it.
    await item('标点重复').getByRole('button', { name: '修改' }).click()
    await expect.poll(() => item('标点重复').count()).toBe(0)
    expect(await item('不成对').getByLabel('保留的理由').inputValue()).toBe('与印发文件一致。')
  })

  test('offers no reason for an error, and shows a change as what goes and what comes', async () => {
    expect(await page.locator('li.issue.error').getByRole('button', { name: '保留并说明理由' }).count()).toBe(0)
    const slip = item('全角数字').locator('.inline-change')
    expect(await slip.locator('del').innerText()).toBe('２５００')
    expect(await slip.locator('ins').innerText()).toBe('2500')
    expect(await item('多余空格').locator('del').innerText()).toBe('␣')
  })

  describe('while the sheet is edited', () => {
    const act = (name: 'startLive' | 'typeCell', ...args: unknown[]) =>
      page.evaluate(
        ([method, list]) => {
          const { harness } = window as unknown as { harness: Record<string, (...args: unknown[]) => void> }
          harness[method]?.(...list)
        },
        [name, args] as const,
      )

    test('the list changes in place: focus, place, what is unfolded and what is half written stay', async () => {
      await act('startLive')
      await item('不成对').locator('summary').click()
      await item('不成对').getByRole('button', { name: '保留并说明理由' }).click()
      const field = page.getByLabel('保留的理由')
      await field.pressSequentially('与印发')
      await field.evaluate((element: HTMLTextAreaElement) => element.setSelectionRange(1, 1))
      const top = await page.evaluate(() => document.activeElement?.getBoundingClientRect().top)
      await act('typeCell', 3, 2, '部署就业援助月工作。')
      await expect.poll(() => item('标点重复').count()).toBe(0)
      expect(await field.inputValue()).toBe('与印发')
      const caret = await field.evaluate((element: HTMLTextAreaElement) => [
        document.activeElement === element,
        element.selectionStart,
      ])
      expect(caret).toEqual([true, 1])
      expect(await item('不成对').getByText('应当成对使用').isVisible()).toBe(true)
      expect(await page.evaluate(() => document.activeElement?.getBoundingClientRect().top)).toBe(top)
      expect(await page.locator('.message.warning', { hasText: '已有改动' }).count()).toBe(0)
      await field.pressSequentially('发文件')
      expect(await field.inputValue()).toBe('与发文件印发')
    })

    test('a reason half written comes back with its issue', async () => {
      await act('startLive')
      await item('不成对').getByRole('button', { name: '保留并说明理由' }).click()
      await page.getByLabel('保留的理由').fill('与印发文件一致')
      await act('typeCell', 2, 2, '新增就业2500人，开展“春风行动”活动。')
      await expect.poll(() => item('不成对').count()).toBe(0)
      await act('typeCell', 2, 2, '新增就业2500人，开展“春风行动活动。')
      await expect.poll(() => item('不成对').count()).toBe(1)
      expect(await page.getByLabel('保留的理由').inputValue()).toBe('与印发文件一致')
    })

    test('when the issue that has the focus is mended on the sheet, the focus goes to the one in its place', async () => {
      await act('startLive')
      await item('标点重复').getByRole('button', { name: '定位' }).focus()
      await act('typeCell', 3, 2, '部署就业援助月工作。')
      await expect.poll(() => item('标点重复').count()).toBe(0)
      expect(await page.evaluate(() => document.activeElement?.closest('li.issue, h2')?.tagName)).toBeDefined()
    })

    test('new counts are told to those who hear the screen, once', async () => {
      await act('startLive')
      const before = await page.getByRole('status').innerText()
      await act('typeCell', 3, 2, '部署就业援助月工作。')
      await expect.poll(() => page.getByRole('status').innerText(), { timeout: 5000 }).not.toBe(before)
      expect(await page.getByRole('status').innerText()).toContain('校验完成')
    })
  })

  test('from one issue to the next with one key, on the sheet and in the list', async () => {
    const items = page.locator('.issue-groups > section li.issue')
    const count = await items.count()
    await items.first().getByRole('button', { name: '下一处' }).focus()
    for (let at = 1; at < count; at++) {
      await page.keyboard.press('Enter')
      await expect.poll(() => items.nth(at).evaluate((entry) => entry.contains(document.activeElement))).toBe(true)
    }
    expect(await items.last().getByRole('button', { name: '下一处' }).count()).toBe(0)
  })

  test('filters by kind and words, counts each, and says when nothing matches', async () => {
    const items = page.locator('.issue-groups > section li.issue')
    const all = await items.count()
    const kind = page.getByLabel('级别')
    const options = await kind.locator('option').allInnerTexts()
    expect(options[0]).toBe(`全部（${all}）`)
    const counts = options.slice(1).map((text) => Number(/\d+/.exec(text)?.[0]))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(all)
    await kind.selectOption('error')
    expect(await items.count()).toBe(counts[0])
    await page.getByLabel('查找').fill('没有这样的词')
    await page.getByText('没有符合筛选条件的问题。').waitFor()
    expect(await items.count()).toBe(0)
    await page.getByRole('button', { name: '取消筛选' }).click()
    expect(await items.count()).toBe(all)
    await page.getByLabel('查找').fill('不成对')
    await expect.poll(() => items.count()).toBe(1)
  })

  test('groups by kind and by row, and keeps the choice while other screens are open', async () => {
    await page.getByLabel('排列方式').selectOption('rule')
    await page.getByRole('heading', { name: '标点不成对（1 处）' }).waitFor()
    await page.getByLabel('排列方式').selectOption('row')
    await page.getByRole('heading', { name: /^第 3 行 · 1 城镇新增就业/ }).waitFor()
    await page.getByRole('button', { name: '返回首页' }).click()
    await page.getByRole('button', { name: '校验', exact: true }).click()
    await page.getByRole('heading', { name: /^第 3 行/ }).waitFor()
  })

  test('an undo says what it takes back', async () => {
    await item('标点重复').getByRole('button', { name: '修改' }).click()
    const undo = page.getByRole('button', { name: '撤销' })
    await undo.waitFor()
    const id = await undo.getAttribute('aria-describedby')
    expect(await page.locator(`#${id}`).innerText()).toMatch(/^可撤销：C4，改回“布署就业援助月工作/)
    await item('全角数字').getByRole('button', { name: '修改' }).click()
    await expect.poll(() => page.locator(`#${id}`).innerText()).toMatch(/^可撤销：C3.*；此前还有 1 次$/)
  })
})
