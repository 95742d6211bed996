/**
 * What Office tells about itself before the first screen: whether this is Excel at all, whether it
 * is new enough, and in which language and colours it runs.
 */

/** Everything that this product needs on Excel is in this set; newer members are feature-detected. */
const REQUIRED_EXCEL_API = '1.13'

/** Members that the npm types (April 2025) lack and older builds do not have. */
type NewerContext = { partitionKey?: string; officeTheme?: { bodyBackgroundColor?: string } }

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
  return isDarkColor(officeTheme?.bodyBackgroundColor) ?? window.matchMedia('(prefers-color-scheme: dark)').matches
}

/** Luminance at which black and white text stand out equally well (WCAG 2). */
const MIDDLE = 0.179

/**
 * Whether white text is read better than black on a colour such as #262626; undefined where it is none.
 * The theme's own `isDarkTheme` is no help: desktop Excel hands every entry over as a colour.
 */
export function isDarkColor(color: string | undefined): boolean | undefined {
  const digits = /^#?([0-9a-f]{6})$/i.exec(color ?? '')?.[1]
  if (digits === undefined) return undefined
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => linear(Number.parseInt(digits.slice(at, at + 2), 16)))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < MIDDLE
}

function linear(channel: number): number {
  const share = channel / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}
