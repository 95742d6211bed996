/**
 * The file host's part of the browser page: open, tabs, table, save.
 */
import type { ComponentType } from 'preact'
import { useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks'
import { hostFailureText } from '../host-messages.ts'
import { saveFile, XLSX_TYPE } from '../save-file.ts'
import {
  type ChosenFile,
  canPickFiles,
  droppedFile,
  pickFile,
  type WriteBack,
  WriteRefused,
  writeBackOf,
  writeOver,
} from './file-handle.ts'
import type { FileSheetHost } from './file-sheet-host.ts'
import { type FileTexts, fileTexts } from './file-texts.ts'
import { GridView } from './grid-view.tsx'
import { KeptBar, useKeptChanges } from './kept-bar.tsx'
import { Legend } from './legend.tsx'
import './workspace.css'

/** The workspace over one host, as the component that `mount` takes. */
export function createWorkspace(host: FileSheetHost, locale: 'zh' | 'en'): ComponentType {
  const texts = fileTexts(locale)
  return () => <Workspace host={host} locale={locale} texts={texts} />
}

function Workspace({ host, locale, texts }: { host: FileSheetHost; locale: 'zh' | 'en'; texts: FileTexts }) {
  const [version, redraw] = useReducer((count: number, _: undefined) => count + 1, 0)
  const [problem, setProblem] = useState<string | undefined>()
  const [busy, setBusy] = useState<string | undefined>()
  const [said, setSaid] = useState('')
  const [waiting, setWaiting] = useState<ChosenFile | undefined>()
  const [original, setOriginal] = useState<WriteBack | undefined>()
  // All listening here starts with the layout: what happens between it and the paint must be heard too.
  useLayoutEffect(() => host.subscribe(() => redraw(undefined)), [host])
  useUnsavedWarning(host)
  const { kept, elsewhere, restore, discard } = useKeptChanges(host)
  const view = useMemo(() => host.view(), [host, version])
  // A workbook that was drawn here never had an original.
  const target = host.created ? undefined : original

  const attempt = async (work: () => void | Promise<void>, doing?: string) => {
    setProblem(undefined)
    setBusy(doing)
    // What is drawn now is seen; then comes what takes the processor.
    if (doing) await new Promise((resolve) => setTimeout(resolve))
    try {
      await work()
    } catch (error) {
      const sentence = error instanceof WriteRefused ? texts[error.reason] : hostFailureText(error, locale)
      if (sentence === undefined) throw error
      setProblem(sentence)
    } finally {
      if (doing) setBusy(undefined)
    }
  }
  const open = (chosen: ChosenFile) => {
    setWaiting(undefined)
    return attempt(async () => {
      await host.open(chosen.file)
      setOriginal(writeBackOf(chosen))
      setSaid(texts.opened(chosen.file.name))
    }, texts.opening)
  }
  const onFile = (chosen: ChosenFile | undefined) => {
    if (chosen && host.unsaved) setWaiting(chosen)
    else if (chosen) void open(chosen)
  }
  useFileDrop(onFile)
  const saveCopy = () =>
    attempt(async () => {
      await host.save((name, bytes) => saveFile(name, new Blob([new Uint8Array(bytes)], { type: XLSX_TYPE })))
      setSaid(texts.savedCopy(host.fileName))
    }, texts.saving)
  const saveOver = (over: WriteBack) =>
    attempt(async () => {
      await host.save(async (_, bytes) => setOriginal(await writeOver(over, bytes)))
      setSaid(texts.savedOver(host.fileName))
    }, texts.saving)
  const save = () => (target ? saveOver(target) : saveCopy())
  useSaveKey(() => view && save())
  const act = (done: boolean, yes: string, no: string) => setSaid(done ? yes : no)

  return (
    <div class="file-view">
      <div class="file-bar">
        <FileButton label={view ? texts.open : texts.openFirst} primary={!view} onFile={onFile} />
        {view && (
          <>
            <button type="button" class="file-button" onClick={save} disabled={busy !== undefined}>
              {target ? texts.saveOver : texts.save}
            </button>
            {target && (
              <button type="button" class="file-button" onClick={saveCopy} disabled={busy !== undefined}>
                {texts.saveCopy}
              </button>
            )}
            <span class="file-name">{host.fileName}</span>
            {host.unsaved && <span class="file-unsaved">● {texts.unsaved}</span>}
          </>
        )}
        <span role="status" class="file-said">
          {busy ?? said}
        </span>
      </div>
      {problem && (
        <p role="alert" class="file-problem">
          {problem}
        </p>
      )}
      <KeptBar
        kept={kept}
        elsewhere={elsewhere}
        texts={texts}
        onRestore={() =>
          attempt(async () => {
            await restore()
            setSaid(texts.restored)
          })
        }
        onDiscard={discard}
      />
      {waiting && (
        <div role="alertdialog" aria-label={texts.replaceAsk} class="file-problem">
          <p>{texts.replaceAsk}</p>
          <button type="button" class="file-button" onClick={() => open(waiting)}>
            {texts.replace}
          </button>
          <button type="button" class="file-button" onClick={() => setWaiting(undefined)}>
            {texts.keep}
          </button>
        </div>
      )}
      {view ? (
        <>
          <Tabs names={host.tabs()} active={view.sheet} label={texts.sheets} onShow={(name) => host.show(name)} />
          <GridView
            key={`${host.copyId} ${view.sheet}`}
            grid={view.grid}
            frozenRows={view.frozen.rows}
            frozenColumns={view.frozen.columns}
            marks={view.marks}
            shaded={view.shaded}
            target={host.selection?.sheet === view.sheet ? host.selection : undefined}
            texts={texts}
            onEdit={(writes) =>
              attempt(() => {
                const left = host.edit(view.sheet, writes)
                if (left > 0) setProblem(texts.notEdited(left))
              })
            }
            onUndo={() => attempt(() => act(host.undo(), texts.undone, texts.nothingToUndo))}
            onRedo={() => attempt(() => act(host.redo(), texts.redone, texts.nothingToRedo))}
            onSay={setSaid}
          />
          <Legend view={view} texts={texts} />
        </>
      ) : (
        <div class="file-empty">
          <p>{texts.openHint}</p>
          <p>{texts.openLimit}</p>
          <p>{texts.openKeeps}</p>
          <p>{texts.openNone}</p>
        </div>
      )}
    </div>
  )
}

/** Closing the page would lose changes that exist nowhere else, the text that is being typed among them. */
function useUnsavedWarning(host: FileSheetHost): void {
  useLayoutEffect(() => {
    const isTyping = () => document.querySelector('.grid-editor:not([data-mode="idle"])') !== null
    const onLeave = (event: BeforeUnloadEvent) => {
      if (host.unsaved || isTyping()) event.preventDefault()
    }
    window.addEventListener('beforeunload', onLeave)
    return () => window.removeEventListener('beforeunload', onLeave)
  }, [host])
}

/** Ctrl+S saves the file, not the page; what is being typed is entered first. */
function useSaveKey(onSave: () => void): void {
  const latest = useRef(onSave)
  latest.current = onSave
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's' || event.isComposing) return
      event.preventDefault()
      const field = document.activeElement
      if (field instanceof HTMLTextAreaElement && field.classList.contains('grid-editor')) field.blur()
      latest.current()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

/** The whole page takes the file: dropped beside a smaller target, it would replace the page. */
function useFileDrop(onFile: (file: ChosenFile | undefined) => void): void {
  const latest = useRef(onFile)
  latest.current = onFile
  useLayoutEffect(() => {
    const onDragOver = (event: DragEvent) => event.preventDefault()
    const onDrop = async (event: DragEvent) => {
      // A screen that takes files of its own has dealt with it.
      if (event.defaultPrevented) return
      event.preventDefault()
      if (event.dataTransfer) latest.current(await droppedFile(event.dataTransfer))
    }
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('drop', onDrop)
    }
  }, [])
}

type FileButtonProps = { label: string; primary: boolean; onFile: (file: ChosenFile | undefined) => void }

function FileButton({ label, primary, onFile }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  const onChange = () => {
    const file = input.current?.files?.[0]
    // Choosing the same file again must count as a choice.
    if (input.current) input.current.value = ''
    if (file) onFile({ file })
  }
  const onClick = async () => {
    if (canPickFiles()) onFile(await pickFile())
    else input.current?.click()
  }
  return (
    <>
      <button type="button" class={primary ? 'file-button file-primary' : 'file-button'} onClick={onClick}>
        {label}
      </button>
      <input
        ref={input}
        type="file"
        accept=".xlsx,.xlsm,.xltx,.xls,.et"
        aria-label={label}
        hidden
        onChange={onChange}
      />
    </>
  )
}

type TabsProps = { names: string[]; active: string; label: string; onShow: (name: string) => void }

function Tabs({ names, active, label, onShow }: TabsProps) {
  return (
    <nav class="file-tabs" aria-label={label}>
      {names.map((name) => (
        <button key={name} type="button" aria-current={name === active} onClick={() => onShow(name)}>
          {name}
        </button>
      ))}
    </nav>
  )
}
