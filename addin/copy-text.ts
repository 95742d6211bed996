/** The one place that puts a text into the clipboard. */

/** False where the browser does not let us: inside Office's frames often. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
