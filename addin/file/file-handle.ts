/**
 * The chosen file itself, where the browser lends it: Chromium and Edge can write back into it after the person allows
 * it. Elsewhere a file is chosen by an input and saved as a download.
 */

/** The parts of the File System Access API that the compiler does not know. */
type WritableHandle = FileSystemFileHandle & {
  requestPermission?(options: { mode: 'readwrite' }): Promise<PermissionState>
}
type PickerWindow = Window & {
  showOpenFilePicker?(options: {
    types: { description: string; accept: Record<string, string[]> }[]
  }): Promise<WritableHandle[]>
}

const TYPES = { 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['.xlsx', '.xlsm', '.xltx'] }

/** A file with the handle that writes back into it, and how it was when it was opened or saved last. */
export type ChosenFile = { file: File; handle?: FileSystemFileHandle }
export type WriteBack = { handle: FileSystemFileHandle; modified: number; size: number }

export type WriteRefusal = 'notAllowed' | 'notWritable' | 'changedOutside'

/** The original could not be written; nothing of it changed. */
export class WriteRefused extends Error {
  readonly reason: WriteRefusal
  constructor(reason: WriteRefusal, cause?: unknown) {
    super(`not written: ${reason}`, { cause })
    this.reason = reason
  }
}

export function canPickFiles(): boolean {
  return typeof (window as PickerWindow).showOpenFilePicker === 'function'
}

/** Lets the person choose a file; undefined where nothing was chosen. */
export async function pickFile(): Promise<ChosenFile | undefined> {
  try {
    const picked = await (window as PickerWindow).showOpenFilePicker?.({
      types: [{ description: 'Excel', accept: TYPES }],
    })
    const handle = picked?.[0]
    return handle && { file: await handle.getFile(), handle }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined
    throw error
  }
}

/** The file of a drop, with its handle where the browser gives one. To be called while the event is handled. */
export async function droppedFile(data: DataTransfer): Promise<ChosenFile | undefined> {
  const file = data.files[0]
  const item = [...data.items].find(({ kind }) => kind === 'file') as
    | (DataTransferItem & { getAsFileSystemHandle?(): Promise<FileSystemHandle | null> })
    | undefined
  if (!file) return undefined
  const handle = await item?.getAsFileSystemHandle?.().catch(() => null)
  return handle?.kind === 'file' ? { file, handle: handle as FileSystemFileHandle } : { file }
}

export function writeBackOf({ file, handle }: ChosenFile): WriteBack | undefined {
  return handle && { handle, modified: file.lastModified, size: file.size }
}

/** Writes the bytes over the original and says how it is then. Throws WriteRefused. */
export async function writeOver({ handle, modified, size }: WriteBack, bytes: Uint8Array): Promise<WriteBack> {
  const permission = await (handle as WritableHandle).requestPermission?.({ mode: 'readwrite' })
  if (permission !== undefined && permission !== 'granted') throw new WriteRefused('notAllowed')
  try {
    const now = await handle.getFile()
    if (now.lastModified !== modified || now.size !== size) throw new WriteRefused('changedOutside')
    const stream = await handle.createWritable()
    // The original is replaced only when the stream is closed.
    await stream.write(new Uint8Array(bytes))
    await stream.close()
    const written = await handle.getFile()
    return { handle, modified: written.lastModified, size: written.size }
  } catch (error) {
    throw error instanceof WriteRefused ? error : new WriteRefused('notWritable', error)
  }
}
