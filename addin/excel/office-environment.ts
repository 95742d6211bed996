/**
 * What Office tells about itself before the first screen: whether this is Excel at all, whether it
 * is new enough, and in which language and colours it runs.
 */

/** Everything that this product needs on Excel is in this set; newer members are feature-detected. */
const REQUIRED_EXCEL_API = '1.13'

/** Members that the npm types (April 2025) lack and older builds do not have. */
type NewerContext = { partitionKey?: string; officeTheme?: { isDarkTheme?: boolean } }

export type OfficeEnvironment =
  | { kind: 'excel'; locale: 'zh' | 'en'; dark: boolean; storagePrefix: string }
  | { kind: 'no-office' }
  | { kind: 'too-old' }

/** Waits for office.js, which public/boot.js loads, and asks it. Never settles where it cannot be loaded. */
export async function detectOffice(): Promise<OfficeEnvironment> {
  if (document.documentElement.getAttribute('data-office-js') !== 'loaded')
    await new Promise((resolve) => window.addEventListener('office-js', resolve, { once: true }))
  const { host } = await Office.onReady()
  if (host !== Office.HostType.Excel) return { kind: 'no-office' }
  const { context } = Office
  if (!context.requirements.isSetSupported('ExcelApi', REQUIRED_EXCEL_API)) return { kind: 'too-old' }
  return {
    kind: 'excel',
    locale: context.displayLanguage.toLowerCase().startsWith('zh') ? 'zh' : 'en',
    dark: isDark(),
    // Excel on the web gives each site that embeds the pane its own part of the storage.
    storagePrefix: (context as NewerContext).partitionKey ?? '',
  }
}

/** Older builds report no theme; the browser's own preference counts there. */
function isDark(): boolean {
  const { officeTheme } = Office.context as NewerContext
  return officeTheme?.isDarkTheme ?? window.matchMedia('(prefers-color-scheme: dark)').matches
}
