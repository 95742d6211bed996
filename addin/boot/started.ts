/**
 * The agreement with public/boot.js: it shows a line of text until the program says that it started.
 */

/** Removes the waiting line and stops boot.js from reporting a failure. */
export function markStarted(): void {
  document.documentElement.setAttribute('data-started', 'yes')
  document.getElementById('boot')?.remove()
}

/** Puts these paragraphs in place of the waiting line, with a link to the browser page; for a program that cannot go on. */
export function showStop(paragraphs: { text: string; lang: 'zh-CN' | 'en' }[], link: string): void {
  document.documentElement.setAttribute('data-started', 'yes')
  const box = document.getElementById('boot')
  if (!box) return
  const anchor = document.createElement('a')
  anchor.href = '/index.html'
  anchor.target = '_blank'
  anchor.rel = 'noopener'
  anchor.textContent = link
  const lines = paragraphs.map(({ text, lang }) => {
    const line = document.createElement('p')
    line.lang = lang
    line.textContent = text
    if (lang === 'en') line.className = 'boot-english'
    return line
  })
  const linkLine = document.createElement('p')
  linkLine.append(anchor)
  box.setAttribute('role', 'alert')
  box.replaceChildren(...lines, linkLine)
}

/** The element that the screens are drawn into. */
export function rootElement(): HTMLElement {
  const root = document.getElementById('root')
  if (!root) throw new Error('the page has no #root')
  return root
}
