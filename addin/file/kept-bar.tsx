/** Offers changes again that were not saved when the page was last closed. */
import { useEffect, useState } from 'preact/hooks'
import { formatTime } from '../ui/time.ts'
import type { FileSheetHost } from './file-sheet-host.ts'
import type { FileTexts } from './file-texts.ts'
import { CREATED, dropKept, findKept, type KeptChanges, keepChanges } from './kept-changes.ts'

/** What was kept of the open file, or with none open of a workbook drawn here; and the means to drop it. */
export function useKeptChanges(host: FileSheetHost): [KeptChanges | undefined, (none: undefined) => void] {
  const [kept, setKept] = useState<KeptChanges | undefined>()
  useEffect(() => keepChanges(host), [host])
  useEffect(() => {
    let copy: string | undefined
    const look = async () => {
      if (host.copyId === copy) return
      copy = host.copyId
      setKept(undefined)
      const asked = copy
      const key = host.fileHash ?? (host.fileName === '' ? CREATED : undefined)
      const found = key === undefined ? undefined : await findKept(key)
      if (asked === host.copyId && !host.unsaved) setKept(found)
    }
    void look()
    return host.subscribe(look)
  }, [host])
  return [kept, setKept]
}

type Props = { kept: KeptChanges; texts: FileTexts; onRestore: () => void; onDiscarded: () => void }

export function KeptBar({ kept, texts, onRestore, onDiscarded }: Props) {
  const discard = () => {
    void dropKept(kept.key)
    onDiscarded()
  }
  return (
    <div role="alert" class="file-problem file-kept">
      <p>{texts.kept(kept.name, formatTime(kept.at))}</p>
      <button type="button" class="file-button file-primary" onClick={onRestore}>
        {texts.restore}
      </button>
      <button type="button" class="file-button" onClick={discard}>
        {texts.discard}
      </button>
    </div>
  )
}
