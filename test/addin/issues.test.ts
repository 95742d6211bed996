/** Issues in the order of what to do next, and the screen that shows them: in a real browser, by keyboard. */
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTranslate } from '../../addin/messages.ts'
import { groupIssues, keysOf, nextSteps } from '../../addin/screens/issue-order.ts'
import type { PlacedIssue } from '../../addin/state.ts'
import { shortenPieces } from '../../addin/ui/inline-change.tsx'
import { diffWords } from '../../addin/ui/word-diff.ts'
import type { Severity } from '../../domain/issue.ts'
import { bundleForPage } from '../support/bundle.ts'
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

  test('leaves out what stays for a reason', () => {
    const { open, explained } = groupIssues([placed('warning', 1, 1, true), placed('warning', 2, 1)])
    expect(open.warning.map(({ row }) => row)).toEqual([2])
    expect(explained.map(({ row }) => row)).toEqual([1])
  })

  test('gives each issue a name of its own that does not hang on its place', () => {
    const [one, same, other] = [placed('hint', 1, 1), placed('hint', 1, 1), placed('hint', 2, 1)]
    const keys = keysOf([one, same, other])
    expect(new Set(keys).size).toBe(3)
    expect(keysOf([other])[0]).toBe(keys[2])
  })
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
    const send = page.getByRole('button', { name: '提交理由' })
    await field.fill('  ')
    expect(await send.isDisabled()).toBe(true)
    await field.fill('与印发文件一致。')
    await send.click()
    const explained = page.getByText('已说明理由（1）')
    await explained.waitFor()
    expect(await open.innerText()).not.toBe(before)
    expect(await item('不成对').isVisible()).toBe(false)
    await explained.click()
    expect(await item('不成对').locator('blockquote').innerText()).toContain('与印发文件一致。')
    expect(await item('不成对').locator('footer').innerText()).toBe('县人力社保局说明，2023-11-10 09:02')
    await item('不成对').getByRole('button', { name: '撤回' }).click()
    await expect.poll(() => open.innerText()).toBe(before)
    expect(await page.getByText(/已说明理由（/).count()).toBe(0)
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
    await page.getByRole('button', { name: '提交理由' }).click()
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
})
