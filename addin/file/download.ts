/** Hands a file to the user under a name, as a download. */
export function downloadFile(name: string, bytes: Uint8Array): void {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads the data only after this task.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
