/** The pane as a person uses it: by the words on its buttons and fields. */
import type { Locator, Page } from 'playwright-core'

export type Pane = ReturnType<typeof drivePane>

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
    home: async (): Promise<void> => {
      await button('返回首页').first().click()
    },
    signOut: async (): Promise<void> => {
      await button('退出登录').click()
      await page.getByLabel('访问密钥').waitFor()
    },
  }
}
