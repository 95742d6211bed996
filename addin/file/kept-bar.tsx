/** Offers changes again that were not saved when the page was last closed. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { formatTime } from '../ui/time.ts'
import type { FileSheetHost } from './file-sheet-host.ts'
import type { FileTexts } from './file-texts.ts'
import { dropKept, type FoundChanges, findKept, type Keeper, keptFile, startKeeping, whenLeft } from './kept-changes.ts'

/** What was kept of the open file, or with none open of a workbook drawn here; and what a person does with it. */
export type Kept = FoundChanges & { restore(): Promise<void>; discard(): void }

export function useKeptChanges(host: FileSheetHost): Kept {
  const [found, setFound] = useState<FoundChanges>({})
  const keeper = useRef<Keeper | undefined>(undefined)
  useEffect(() => {
    keeper.current = startKeeping(host)
    return keeper.current.end
  }, [host])
  useEffect(() => {
    let copy: string | undefined
    const look = async () => {
      if (host.copyId === copy) return
      copy = host.copyId
      setFound({})
      await lookAgain()
    }
    const lookAgain = async () => {
      const asked = host.copyId
      const file = keptFile(host)
      const now = file === undefined ? {} : await findKept(file, asked)
      if (asked !== host.copyId) return
      // What came of it in another window is not told over changes that were made here meanwhile.
      setFound(host.unsaved ? {} : now)
      // Once that window is closed they may be restored here.
      if (now.elsewhere) {
        void whenLeft(now.elsewhere).then(() => {
          if (asked === host.copyId) void lookAgain()
        })
      }
    }
    void look()
    return host.subscribe(look)
  }, [host])
  const { kept } = found
  return {
    ...found,
    restore: async () => {
      if (!kept) return
      await host.restore(kept.changes, kept.created)
      keeper.current?.takeOver(kept.key)
      if (kept.typed) host.edit(kept.typed.sheet, [kept.typed])
      setFound({})
    },
    discard: () => {
      if (kept) void dropKept(kept.key)
      setFound({})
    },
  }
}

type Props = Pick<FoundChanges, 'kept' | 'elsewhere'> & {
  texts: FileTexts
  onRestore: () => void
  onDiscard: () => void
}

export function KeptBar({ kept, elsewhere, texts, onRestore, onDiscard }: Props) {
  if (kept) {
    return (
      <div role="alert" class="file-problem file-kept">
        <p>{texts.kept(kept.name, formatTime(kept.at))}</p>
        <button type="button" class="file-button file-primary" onClick={onRestore}>
          {texts.restore}
        </button>
        <button type="button" class="file-button" onClick={onDiscard}>
          {texts.discard}
        </button>
      </div>
    )
  }
  return elsewhere ? (
    <div role="alert" class="file-problem file-kept">
      <p>{texts.keptElsewhere(elsewhere.name)}</p>
    </div>
  ) : null
}
