/** A page of a real browser that brings the pane into any of the stages of screens-harness.tsx. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { bundleForPage } from '../support/bundle.ts'
import { launchChromium } from '../support/programs.ts'

/** Every screen, in every state that looks different. */
export const STAGES = [
  'signIn',
  'leftBehind',
  'checkedWithoutKey',
  'sample',
  'homeSample',
  'homeDrawn',
  'homeFound',
  'homeOpen',
  'homeIssued',
  'homeChecked',
  'tables',
  'handOut',
  'refused',
  'offline',
  'pull',
  'pullKept',
  'pullNothing',
  'pulled',
  'newer',
  'home',
  'commissionHome',
  'plans',
  'recognise',
  'recogniseNothing',
  'recogniseOtherYear',
  'check',
  'issues',
  'marked',
  'explained',
  'returned',
  'byRow',
  'byRule',
  'noneMatches',
  'targets',
  'targetAnswered',
  'targetsHere',
  'submit',
  'leftOut',
  'leftOutReceipt',
  'goneRows',
  'receipt',
  'reopenedReceipt',
  'outbox',
  'outboxBanner',
  'previewUnreached',
  'decidedPreview',
  'decidedReceipt',
  'busy',
  'createPlan',
  'master',
  'masterIssues',
  'conflicts',
  'conflictEditor',
  'goneConflict',
  'unitConflicts',
  'lastVisit',
  'keyEnds',
  'clearings',
  'clearingsAtHome',
  'stranded',
  'keyRefused',
  'submissions',
  'reviewedSubmissions',
  'returnedPreview',
  'intake',
  'intakeEmpty',
  'intakeConfirm',
  'intakeLook',
  'intakeDone',
  'reviewerHome',
  'drafts',
  'draft',
  'draftRefused',
  'draftRecord',
  'draftSubmit',
  'draftReceipt',
  'statusWaiting',
  'issue',
  'adjust',
  'adjustNothing',
  'adjustPartial',
  'adjustTried',
  'adjustRefused',
  'adjustDone',
  'adjustArchived',
  'archive',
  'registry',
  'fixAll',
  'spans',
  'status',
  'desk',
  'deskNothing',
  'deskReadOnly',
  'review',
  'reviewReturn',
  'reviewSeveral',
  'suggestions',
  'held',
  'blocked',
  'history',
  'keys',
  'keysForms',
  'keysLost',
  'keysUnanswered',
  'keysIssued',
  'ownKey',
  'ownKeyUnsure',
  'ownKeyReplaced',
  'ownKeyIssued',
]

export type Screens = {
  page: Page
  /** Draws a stage anew. With SCREENSHOTS=<folder> in the environment its picture is kept there. */
  show(stage: string, theme: 'light' | 'dark', width: number, locale?: 'zh' | 'en'): Promise<void>
  close(): Promise<void>
}

export async function openScreens(): Promise<Screens> {
  const browser = await launchChromium()
  if (!browser) throw new Error('no Chromium')
  const page = await browser.newPage({ viewport: { width: 350, height: 700 } })
  await page.setContent('<!doctype html><html lang="zh-CN"><body><div id="root"></div></body></html>')
  await page.addStyleTag({ content: await readFile('addin/ui/style.css', 'utf8') })
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') })
  await page.addScriptTag({ content: await bundleForPage('test/addin/screens-harness.tsx', 'harness') })

  async function show(stage: string, theme: 'light' | 'dark', width: number, locale: 'zh' | 'en' = 'zh') {
    await page.setViewportSize({ width, height: 700 })
    await page.evaluate(
      async ([name, themeName, language]) => {
        document.documentElement.dataset.theme = themeName
        document.getElementById('root')?.remove()
        const root = document.createElement('div')
        root.id = 'root'
        document.body.append(root)
        const { harness } = window as unknown as {
          harness: { show(root: HTMLElement, name: string, locale: string): Promise<void> }
        }
        await harness.show(root, name, language)
      },
      [stage, theme, locale] as const,
    )
    const { SCREENSHOTS: folder } = process.env
    if (folder) await page.screenshot({ path: `${folder}/${stage}-${width}-${theme}-${locale}.png`, fullPage: true })
  }
  return { page, show, close: () => browser.close() }
}
