/** The one place that hands a finished file to the person, as a download. */

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Starts the download of a file under a name. */
export function saveFile(name: string, file: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  // A link outside the document is not always asked for its name.
  document.body.append(link)
  link.click()
  link.remove()
  // The browser reads the blob only after this task.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
