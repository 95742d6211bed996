/** Every screen for people who use keys, a system theme of high contrast, large print, or paper. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openScreens, type Screens, STAGES } from './screens-page.ts'

let screens: Screens
let page: Page

beforeAll(async () => {
  screens = await openScreens()
  page = screens.page
})

afterAll(async () => {
  await screens.close()
})

/** What Tab reaches, marked in the page, in the order of the document; a group of radio buttons is one stop. */
async function markStops(): Promise<string[]> {
  return page.evaluate(() => {
    const groups = new Set<string>()
    const stops: string[] = []
    const all = document.querySelectorAll<HTMLElement>('#root :is(button, input, select, textarea, summary, a[href])')
    for (const element of all) {
      if (element.matches(':disabled') || !element.checkVisibility({ visibilityProperty: true })) continue
      if (element instanceof HTMLInputElement && element.type === 'radio') {
        const group = document.querySelectorAll<HTMLInputElement>(`input[type=radio][name="${element.name}"]`)
        const checked = [...group].find((radio) => radio.checked)
        if (groups.has(element.name) || (checked && checked !== element)) continue
        groups.add(element.name)
      }
      element.dataset.stop = String(stops.length)
      stops.push(`${stops.length} ${element.tagName} ${element.textContent || element.getAttribute('type')}`)
    }
    return stops
  })
}

/** The stop that has the focus, and what is wrong with how it shows. */
async function lookAtFocus(): Promise<{ stop: number | undefined; faults: string[] }> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement
    if (element === document.body || element.dataset.stop === undefined) return { stop: undefined, faults: [] }
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    const { top, bottom, height, width } = element.getBoundingClientRect()
    const covered = document.elementFromPoint(
      element.getBoundingClientRect().left + Math.min(width / 2, 8),
      top + Math.min(height / 2, 12),
    )
    const faults = [
      outlineStyle === 'none' || outlineWidth === '0px' ? 'the focus does not show' : '',
      bottom < 0 || top > innerHeight ? 'the focus is out of sight' : '',
      covered?.closest('.live') && !element.closest('.live') ? 'an announcement covers the focus' : '',
      height < 24 && !element.matches('input[type=checkbox], input[type=radio]') ? `only ${height} px high` : '',
    ]
    return { stop: Number(element.dataset.stop), faults: faults.filter(Boolean) }
  })
}

describe.each(STAGES)('with the keyboard alone, the screen “%s”', (stage) => {
  test('is gone through in its own order, the focus in sight at each stop, and left at the end', async () => {
    await screens.show(stage, 'light', 350)
    const stops = await markStops()
    await page.evaluate(() => {
      const start = document.createElement('button')
      start.style.position = 'fixed'
      document.getElementById('root')?.prepend(start)
      start.focus()
      scrollTo(0, 0)
    })
    const reached: number[] = []
    for (let i = 0; i < stops.length; i++) {
      await page.keyboard.press('Tab')
      // A date is three stops of one field.
      for (let parts = 0; parts < 4 && (await lookAtFocus()).stop === reached.at(-1) && i > 0; parts++)
        await page.keyboard.press('Tab')
      const { stop, faults } = await lookAtFocus()
      expect(faults, stops[stop ?? i]).toEqual([])
      if (stop !== undefined) reached.push(stop)
    }
    expect(reached).toEqual(stops.map((_, i) => i))
  })
})

describe.each(STAGES)('enlarged twice, the screen “%s”', (stage) => {
  // Excel's pane at 200 %, and a browser window of 1280 px at 400 %.
  test.each([175, 320])('fits into %i px', async (width) => {
    await screens.show(stage, 'light', width)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  })
})

describe('in a theme of high contrast', () => {
  beforeAll(() => page.emulateMedia({ forcedColors: 'active' }))
  afterAll(() => page.emulateMedia({ forcedColors: 'none' }))

  test.each(STAGES)('the screen “%s” keeps its frames and what stands out', async (stage) => {
    await screens.show(stage, 'light', 350)
    const faults = await page.evaluate(() => {
      const ground = getComputedStyle(document.body).backgroundColor
      const buttons = [...document.querySelectorAll<HTMLElement>('#root .button:enabled')]
      const plain = buttons
        .filter((button) => !button.matches('.primary'))
        .map((b) => getComputedStyle(b).backgroundColor)
      return [
        ...[...document.querySelectorAll<HTMLElement>('#root :is(.button, .message, .issue, .card, input, select)')]
          .filter((element) => element.checkVisibility() && getComputedStyle(element).borderTopColor === ground)
          .map((element) => `no frame: ${element.className} ${element.textContent}`),
        ...buttons
          .filter((button) => button.matches('.primary') && plain.includes(getComputedStyle(button).backgroundColor))
          .map((button) => `does not stand out: ${button.textContent}`),
      ]
    })
    expect(faults).toEqual([])
    expect(await page.evaluate(findContrast)).toEqual([])
  })
})

/** What axe says of texts that can hardly be told from their ground. */
async function findContrast(): Promise<string[]> {
  const { axe } = window as unknown as { axe: typeof import('axe-core') }
  const { violations } = await axe.run('#root', { runOnly: ['color-contrast'] })
  return violations.flatMap(({ nodes }) => nodes.map(({ html }) => html.slice(0, 200)))
}

describe('on paper', () => {
  beforeAll(() => page.emulateMedia({ media: 'print', colorScheme: 'dark' }))
  afterAll(() => page.emulateMedia({ media: null, colorScheme: null }))

  test.each(['receipt', 'history', 'issues', 'targets', 'submissions', 'status', 'master'])(
    'the screen “%s” is dark on white, without buttons, with all it says',
    async (stage) => {
      await screens.show(stage, 'dark', 700)
      const paper = await page.evaluate(() => {
        const heading = document.querySelector('h2')
        return {
          title: heading?.checkVisibility(),
          ground: getComputedStyle(document.body).backgroundColor,
          text: heading && getComputedStyle(heading).color,
          buttons: [...document.querySelectorAll('#root .button')].filter((button) => button.checkVisibility()).length,
          frame: [...document.querySelectorAll('#root :is(header, footer)')].filter(
            (part) => part.parentElement?.matches('.app') && part.checkVisibility(),
          ).length,
        }
      })
      expect(paper).toEqual({
        title: true,
        ground: 'rgb(255, 255, 255)',
        text: 'rgb(36, 36, 36)',
        buttons: 0,
        frame: 0,
      })
      expect(await page.evaluate(findContrast)).toEqual([])
    },
  )
})

test('what is under way and what came of it are announced once each, and moving numbers not at all', async () => {
  await screens.show('home', 'light', 350)
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said })
    const isSilent = (node: Node) =>
      (node instanceof Element ? node : node.parentElement)?.closest('[aria-hidden=true]')
    const tell = (records: MutationRecord[]) => {
      for (const { type, addedNodes, target } of records)
        for (const node of type === 'characterData' ? [target] : addedNodes)
          if (node.textContent && !isSilent(node)) said.push(node.textContent.replace(/\s+/g, ' ').trim())
    }
    for (const region of document.querySelectorAll('#root main > :is([role=status], [role=alert])'))
      new MutationObserver(tell).observe(region, { childList: true, subtree: true, characterData: true })
  })
  await page.getByRole('button', { name: '校验', exact: true }).click()
  await page.getByRole('heading', { name: '校验结果' }).waitFor()
  await page.getByText(/校验完成/).waitFor()
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said)
  expect(said.filter((text) => text.includes('校验完成'))).toHaveLength(1)
  expect(said.filter((text) => text.startsWith('正在校验'))).toHaveLength(1)
  expect(said).toHaveLength(2)
})
