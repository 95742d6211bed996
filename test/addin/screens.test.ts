/** Every screen in a real browser at the pane's width: nothing sticks out, nothing stands in anyone's way, texts can be read. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openScreens, type Screens, STAGES } from './screens-page.ts'

let screens: Screens
let page: Page
let show: Screens['show']

beforeAll(async () => {
  screens = await openScreens()
  page = screens.page
  show = screens.show
})

afterAll(async () => {
  await screens.close()
})

describe.each(STAGES)('the screen “%s”', (stage) => {
  test.each([
    [350, 'light', 'zh'],
    [350, 'dark', 'en'],
    [1100, 'dark', 'zh'],
  ] as const)('at %i px, %s, in %s, fits and can be read', async (width, theme, locale) => {
    await show(stage, theme, width, locale)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    expect(await page.evaluate(findBarriers)).toEqual([])
    expect(await page.locator('h2').count()).toBe(1)
    expect(await page.getByRole('status').count()).toBe(1)
    expect(await page.locator('#root').innerText()).not.toMatch(/\{\w+[|}]|undefined|NaN/)
  })
})

test.each([
  ['home', '识别当前表'],
  ['homeSample', '生成我的表'],
  ['homeDrawn', '校验'],
  ['homeFound', '转到我的表'],
  ['homeChecked', '报送'],
  ['homeIssued', '报送记录'],
  ['tables', '校验'],
  ['reviewerHome', '待本单位审核'],
  ['commissionHome', '审核台'],
])('on the first screen “%s” one thing stands out: %s', async (stage, name) => {
  await show(stage, 'light', 350)
  expect(await page.locator('.button.primary:enabled').allInnerTexts()).toEqual([name])
})

test('the head of the first screen says who is connected, what the plan allows, and what waits', async () => {
  await show('homeOpen', 'light', 350)
  const said = async () => (await page.getByRole('region', { name: '当前身份' }).innerText()).replace(/\s+/g, ' ')
  expect(await said()).toBe(
    '县人力社保局（责任单位） 岗位 办公室 计划状态 征集目标：可以填写并报送本单位牵头任务的各期目标。 任务 牵头 2 项，配合 1 项 待处理 已退回 1 项，冲突 2 处，校验问题 1 条',
  )
  await show('homeIssued', 'light', 350)
  expect(await said()).toContain('本计划已印发（测府办发〔2023〕17号，2023-03-13），文字不再修改')
})

test('what has nothing to do now is its button alone, which still says what it is for', async () => {
  const described = async (name: string) => {
    const button = page.getByRole('button', { name, exact: true })
    const text = page.locator(`[id="${await button.getAttribute('aria-describedby')}"]`)
    return [await text.innerText(), (await text.boundingBox())?.width === 1 ? 'for readers' : 'shown']
  }
  await show('commissionHome', 'light', 350)
  expect(await described('冲突')).toEqual(['对照各方文本，决定采用哪一个。目前 0 处待定。', 'for readers'])
  await show('homeOpen', 'light', 350)
  expect(await described('冲突')).toEqual(['对照各方文本，决定采用哪一个。目前 2 处待定。', 'shown'])
})

test('other plans are offered where there are any, and the list leads back to the open one', async () => {
  const others = page.getByRole('button', { name: '选择其他计划' })
  await show('home', 'light', 350)
  expect(await others.count()).toBe(0)
  await show('deskReadOnly', 'light', 350)
  expect(await others.count()).toBe(0)
  await show('commissionHome', 'light', 350)
  await others.click()
  await page.getByRole('heading', { name: '选择计划' }).waitFor()
  expect(await others.count()).toBe(0)
  await page.getByRole('button', { name: '返回首页' }).click()
  await page.getByRole('heading', { name: '办理事项' }).waitFor()
})

test('after signing out the page lists what stays in the browser, and deletes it only on a second word', async () => {
  await show('leftBehind', 'light', 350)
  const kept = page.getByText('“任务分解表（县人力社保局）.xlsx”')
  expect(await kept.count()).toBe(1)
  expect(await page.getByText('份报送尚未送达').count()).toBe(1)
  await page.getByRole('button', { name: '删除暂存的修改' }).click()
  expect(await kept.count()).toBe(1)
  await page.getByRole('button', { name: '确认删除' }).click()
  await page.getByText('已删除本机暂存的修改。').waitFor()
  expect(await kept.count()).toBe(0)
  expect(await page.getByText('份报送尚未送达').count()).toBe(1)
})

test('where every row is left out there is nothing to confirm', async () => {
  await show('recogniseNothing', 'light', 350)
  expect(await page.getByText('未找到本计划内本单位的任务').count()).toBe(1)
  expect(await page.getByRole('button', { name: '确认并写入标识' }).count()).toBe(0)
})

test('what was decided says so with the text that stands and the way to it, what waits since when', async () => {
  for (const stage of ['decidedPreview', 'decidedReceipt']) {
    await show(stage, 'light', 350)
    const text = await page.locator('#root').innerText()
    expect(text).toContain('同一内容已于 2023-11-09 10:30 报送，正在等候决定')
    expect(text).toContain('县发展改革委已于 2023-11-10 09:02 作出决定，总表不变')
    expect(text).toContain('开发公益性岗位1050个。')
    expect(text).toContain('此前已')
    expect(text).not.toContain('报送后由县发展改革委决定')
  }
  await show('decidedPreview', 'light', 350)
  expect(await page.getByRole('button', { name: '更新本表' }).count()).toBe(1)
})

test('the review queue can be reduced to what was changed', async () => {
  await show('review', 'light', 350)
  const rows = page.locator('li[data-row]')
  const all = await rows.count()
  const box = page.getByRole('checkbox', { name: /只看有改动的/ })
  const changed = Number(/\d+/.exec(await box.locator('..').innerText())?.[0])
  expect(changed).toBeLessThan(all)
  await box.check()
  expect(await rows.count()).toBe(changed)
  expect(await page.getByText('没有改动。', { exact: true }).count()).toBe(0)
})

test('before a plan is issued the units and places of what is open are named, with the way there', async () => {
  await show('issue', 'light', 350)
  for (const details of await page.locator('main details').all()) await details.locator('summary').click()
  const text = await page.locator('main').innerText()
  expect(text).toContain('县医保局')
  expect(text).toContain('县医保局牵头')
  for (const name of ['报送情况', '处理冲突', '确认跨期']) {
    expect(await page.getByRole('button', { name, exact: true }).count()).toBe(1)
  }
  expect(await page.getByRole('button', { name: '在表中查看' }).count()).toBeGreaterThan(0)
})

test('an earlier receipt tells what was decided since, and a way leads home beside the one back to the list', async () => {
  await show('reopenedReceipt', 'light', 350)
  expect(await page.locator('main').innerText()).toContain('此后县发展改革委已于 2023-11-10 09:02 作出决定：另行改定。')
  expect(await page.getByRole('button', { name: '返回报送记录' }).count()).toBe(1)
  await page.getByRole('button', { name: '返回首页' }).click()
  await page.getByRole('heading', { name: '办理事项' }).waitFor()
})

test('the heading takes the focus when a screen opens', async () => {
  await show('home', 'light', 350)
  await page.getByRole('button', { name: '报送', exact: true }).click()
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('报送')
})

test('after a fix the focus goes to the issue that took its place, and to the heading when none is left', async () => {
  await show('fixAll', 'light', 350)
  await page.getByRole('button', { name: '取消' }).click()
  const fixes = page.getByRole('button', { name: '修改', exact: true })
  for (let left = await fixes.count(); left > 0; left--) {
    await fixes.first().focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => fixes.count()).toBe(left - 1)
    // The focus follows once the change has been painted.
    const focused = () => page.evaluate(() => document.activeElement?.closest('li.issue, h2')?.tagName)
    const isIssueLeft = (await page.locator('main > * li.issue:visible').count()) > 0
    await expect.poll(focused).toBe(isIssueLeft ? 'LI' : 'H2')
  }
})

test('with the keyboard alone: a figure shows its text and closes again, and an answer leaves the focus in its row', async () => {
  await show('targetAnswered', 'light', 350)
  const figure = page.getByRole('button', { name: '1000个' })
  await figure.focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('mark').innerText()).toBe('1000个')
  expect(await figure.evaluate((button) => button === document.activeElement)).toBe(true)
  expect(await page.locator('p[aria-live=polite]').innerText()).toBe('已定位到 C4（3月），所涉数字：1000个。')
  await page.getByRole('button', { name: '收起原文' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('mark').count()).toBe(0)
  await expect.poll(() => figure.evaluate((button) => button === document.activeElement)).toBe(true)
  await page.getByRole('button', { name: '撤回' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '口径：累计数' }).waitFor()
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('li.issue')?.textContent))
    .toContain('2000个')
})

test('a unit reads a conflict between two units and is told who decides it', async () => {
  await show('unitConflicts', 'light', 350)
  expect(await page.getByText('由县发展改革委决定。').count()).toBe(2)
  expect(await page.getByRole('button', { name: '采用报送文本' }).count()).toBe(0)
})

test('with the keyboard alone: all are ticked, the choice asks once more, and an editor takes the focus', async () => {
  await show('conflicts', 'light', 350)
  await page.getByRole('checkbox', { name: '全选由我处理的冲突' }).focus()
  await page.keyboard.press('Space')
  await expect.poll(() => page.getByText('已选 2 项。').count()).toBe(1)
  const take = page.getByRole('button', { name: '全部采用总表现文' })
  await take.focus()
  await page.keyboard.press('Enter')
  expect(await page.getByRole('button', { name: '确认决定' }).count()).toBe(1)
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('取消')
  await page.getByRole('button', { name: '另行改定' }).nth(1).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
  await page.getByLabel('自 3月 合并至').selectOption('5月')
  expect(await page.getByLabel('3月 至 5月').inputValue()).toBe('制定工作方案。\n开发公益性岗位1000个。')
})

test('a plan is issued only with number, date and a checked box', async () => {
  await show('issue', 'light', 350)
  const issue = page.getByRole('button', { name: '确认印发' })
  await page.getByLabel('文号').fill('奉节府办发〔2023〕5号')
  expect(await issue.isDisabled()).toBe(true)
  await page.getByRole('checkbox').check()
  expect(await issue.isDisabled()).toBe(false)
  await page.getByLabel('印发日期').fill('')
  expect(await issue.isDisabled()).toBe(true)
})

test('two texts cannot be given the same period, and a moved one is shown where it goes', async () => {
  await show('spans', 'light', 350)
  await page.getByRole('button', { name: '调整期次' }).click()
  await page.getByLabel('止').first().selectOption('5月')
  expect(await page.locator('dl.change').first().innerText()).toContain('3月 至 5月')
})

/** What axe finds against WCAG 2.2 AA and its own best practices: the rule, and where. */
async function findBarriers(): Promise<string[]> {
  const { axe } = window as unknown as { axe: typeof import('axe-core') }
  const { violations } = await axe.run('#root')
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`))
}

test('a row to be judged names who changed it, whoever leads it with them, and of an unchanged one who sent it in', async () => {
  await show('review', 'light', 350)
  expect(await page.locator('li[data-row] > .where').allInnerTexts()).toEqual([
    '待审 · 县人力社保局修改，2023-11-10 09:02',
    '已退回 · 县医保局、县人力社保局牵头；县人力社保局修改，2023-11-10 09:02',
    '待审 · 县医保局报送，2023-11-10 09:02',
  ])
})

test('with the keyboard alone: after 通过 the next row has the focus, and so has its row after the record of a task', async () => {
  await show('reviewSeveral', 'light', 350)
  const rows = page.locator('li[data-row]')
  const inFocus = () => page.evaluate(() => document.activeElement?.closest<HTMLElement>('li[data-row]')?.dataset.row)
  await rows.first().getByRole('button', { name: '通过', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => rows.count()).toBe(2)
  await expect.poll(inFocus).toBe('r2')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('撤销退回')
  await page.getByRole('button', { name: '撤销刚才的通过（1 项）' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => rows.count()).toBe(3)
  await rows.first().getByRole('button', { name: '变更记录' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '变更记录' }).waitFor()
  await page.getByRole('button', { name: '返回', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(inFocus).toBe('r1')
})

test('a return that came too late keeps what was written and shows the new text', async () => {
  await show('reviewMoved', 'light', 350)
  await page.getByRole('button', { name: '退回修改' }).first().click()
  await page.getByLabel('常用意见').selectOption('文字表述不规范，请修改。')
  await page.getByRole('button', { name: '确认退回' }).click()
  await page.getByText('现已显示最新文字，请重新核对。').waitFor()
  expect(await page.getByLabel('退回意见').inputValue()).toBe('文字表述不规范，请修改。')
  expect(await page.locator('li[data-row=r1]').innerText()).toContain('2700')
  await page.getByRole('button', { name: '确认退回' }).click()
  await page.getByText('已退回，单位校验和报送时可以看到退回意见。').waitFor()
  expect(await page.getByLabel('退回意见').count()).toBe(0)
})

test('the names of those who have not reported can be copied by hand where the browser does not let us', async () => {
  await show('status', 'light', 350)
  await page.getByRole('button', { name: '复制未报送单位名单（1 个）' }).click()
  expect(await page.getByLabel('未报送的单位').inputValue()).toBe('县医保局')
})
