/**
 * The file host's part of the browser page: open, tabs, table, save.
 */
import type { ComponentType } from 'preact'
import { useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks'
import { hostFailureText } from '../host-messages.ts'
import { saveFile, XLSX_TYPE } from '../save-file.ts'
import type { FileSheetHost } from './file-sheet-host.ts'
import { type FileTexts, fileTexts } from './file-texts.ts'
import { GridView } from './grid-view.tsx'
import './workspace.css'

/** The workspace over one host, as the component that `mount` takes. */
export function createWorkspace(host: FileSheetHost, locale: 'zh' | 'en'): ComponentType {
  const texts = fileTexts(locale)
  return () => <Workspace host={host} locale={locale} texts={texts} />
}

function Workspace({ host, locale, texts }: { host: FileSheetHost; locale: 'zh' | 'en'; texts: FileTexts }) {
  const [version, redraw] = useReducer((count: number, _: undefined) => count + 1, 0)
  const [problem, setProblem] = useState<string | undefined>()
  const [busy, setBusy] = useState(false)
  const [waiting, setWaiting] = useState<File | undefined>()
  useEffect(() => host.subscribe(() => redraw(undefined)), [host])
  useUnsavedWarning(host)
  const view = useMemo(() => host.view(), [host, version])

  const attempt = async (work: () => Promise<void>) => {
    setProblem(undefined)
    setBusy(true)
    try {
      await work()
    } catch (error) {
      const sentence = hostFailureText(error, locale)
      if (sentence === undefined) throw error
      setProblem(sentence)
    } finally {
      setBusy(false)
    }
  }
  const open = (file: File) => {
    setWaiting(undefined)
    return attempt(() => host.open(file))
  }
  const onFile = (file: File) => (host.unsaved ? setWaiting(file) : open(file))
  useFileDrop(onFile)
  const save = () =>
    attempt(async () => {
      const saved = await host.save()
      if (saved) saveFile(saved.name, new Blob([new Uint8Array(saved.bytes)], { type: XLSX_TYPE }))
    })

  return (
    <div class="file-view">
      <div class="file-bar">
        <FileButton label={view ? texts.open : texts.openFirst} primary={!view} onFile={onFile} />
        {view && (
          <>
            <button type="button" class="file-button" onClick={save} disabled={busy}>
              {texts.save}
            </button>
            <span class="file-name">{host.fileName}</span>
            {host.unsaved && <span class="file-unsaved">{texts.unsaved}</span>}
          </>
        )}
        <span role="status">{busy ? texts.opening : ''}</span>
      </div>
      {problem && (
        <p role="alert" class="file-problem">
          {problem}
        </p>
      )}
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
            key={view.sheet}
            grid={view.grid}
            marks={view.marks}
            shaded={view.shaded}
            target={host.selection?.sheet === view.sheet ? host.selection : undefined}
            texts={texts}
            onEdit={(row, column, text) => attempt(async () => host.edit(view.sheet, row, column, text))}
          />
          <p id="grid-keys" class="grid-note">
            {texts.keys}
          </p>
        </>
      ) : (
        <div class="file-empty">
          <p>{texts.openHint}</p>
          <p>{texts.openLimit}</p>
          <p>{texts.openNone}</p>
        </div>
      )}
    </div>
  )
}

/** Closing the page would lose changes that exist nowhere else. */
function useUnsavedWarning(host: FileSheetHost): void {
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (host.unsaved) event.preventDefault()
    }
    window.addEventListener('beforeunload', onLeave)
    return () => window.removeEventListener('beforeunload', onLeave)
  }, [host])
}

/** The whole page takes the file: dropped beside a smaller target, it would replace the page. */
function useFileDrop(onFile: (file: File) => void): void {
  const latest = useRef(onFile)
  latest.current = onFile
  useEffect(() => {
    const onDragOver = (event: DragEvent) => event.preventDefault()
    const onDrop = (event: DragEvent) => {
      event.preventDefault()
      const file = event.dataTransfer?.files[0]
      if (file) latest.current(file)
    }
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('drop', onDrop)
    }
  }, [])
}

function FileButton({ label, primary, onFile }: { label: string; primary: boolean; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const onChange = () => {
    const file = input.current?.files?.[0]
    // Choosing the same file again must count as a choice.
    if (input.current) input.current.value = ''
    if (file) onFile(file)
  }
  return (
    <>
      <button
        type="button"
        class={primary ? 'file-button file-primary' : 'file-button'}
        onClick={() => input.current?.click()}
      >
        {label}
      </button>
      <input ref={input} type="file" accept=".xlsx,.xlsm,.xls,.et" aria-label={label} hidden onChange={onChange} />
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
