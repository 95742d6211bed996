/** The pane as a person uses it: by the words on its buttons and fields. */
import type { Browser, Locator, Page } from 'playwright-core'

export type Pane = ReturnType<typeof drivePane>

/** The page of files in a window of its own, connected with a key. */
export async function openPane(browser: Browser, url: string, key: string): Promise<Pane> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(`${url}/`)
  const pane = drivePane(page)
  await pane.connect(key)
  return pane
}

export function drivePane(page: Page) {
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true })
  /** A failed step says what the page showed instead. */
  const told = async (step: Promise<void>): Promise<void> => {
    try {
      await step
    } catch (error) {
      const shown = await page.locator('body').innerText()
      throw new Error(`${error instanceof Error ? error.message : error}\nThe page shows:\n${shown}`)
    }
  }
  return {
    page,
    button,
    /** Presses a button once it can be pressed. */
    press: async (name: string): Promise<void> => {
      await told(button(name).first().click())
    },
    connect: async (key: string): Promise<void> => {
      await page.getByLabel('访问密钥').fill(key)
      await button('连接').click()
      await button('退出登录').waitFor()
    },
    /** Waits until the page says this. */
    sees: async (text: string | RegExp): Promise<void> => {
      await told(page.getByText(text).first().waitFor())
    },
    /** Writes over the first cell of the open sheet that holds this text. */
    retype: async (from: string, to: string): Promise<void> => {
      await page.locator('td[data-cell]').filter({ hasText: from }).first().dblclick()
      const field = page.locator('textarea.grid-editor')
      await field.fill(to)
      await field.press('Enter')
    },
    home: async (): Promise<void> => {
      await button('返回首页').first().click()
    },
    signOut: async (): Promise<void> => {
      await button('退出登录').click()
      await page.getByLabel('访问密钥').waitFor()
    },
  }
}
