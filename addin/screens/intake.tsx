/** 收回的文件: where they are dropped or chosen, and what is to be done with each. Fetched when it is opened. */
import { useLayoutEffect, useRef } from 'preact/hooks'
import { whenIdle } from '../flows/flow.ts'
import { openItem, submitClean, takeFiles } from '../flows/intake.ts'
import { type IntakeItem, stepOf } from '../flows/intake-item.ts'
import { Button } from '../ui/button.tsx'
import { PagedList } from '../ui/more.tsx'
import { Screen } from '../ui/screen.tsx'
import { IntakeDetail } from './intake-detail.tsx'
import { IntakeEntry } from './intake-entry.tsx'
import { isFixed } from './labels.ts'
import { homeward, type ScreenProps } from './screen-props.ts'

export function IntakeScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const items = state.intake?.items ?? []
  const open = items.find(({ id }) => id === state.intake?.open)
  const isReadOnly = isFixed(state) || state.offline !== undefined
  const take = (files: readonly File[]) => {
    if (files.length > 0 && !isReadOnly) whenIdle(flow, () => takeFiles(flow, files))
  }
  useFileDrop(take)
  if (open) {
    return (
      <Screen
        key={open.id}
        title={t('intake.detail')}
        back={{
          label: t('intake.back'),
          onClick: () => openItem(flow, undefined),
          disabled: state.busy !== undefined,
        }}
      >
        <IntakeDetail {...props} item={open} />
      </Screen>
    )
  }
  return (
    <Screen key="list" title={t('intake.title')} back={homeward(props)}>
      <p>{t('intake.intro')}</p>
      {isFixed(state) ? (
        <p>{t('intake.fixed')}</p>
      ) : state.offline ? (
        <p>{t('intake.offline')}</p>
      ) : (
        <DropZone {...props} onFiles={take} isFirst={items.length === 0} />
      )}
      {items.length > 0 ? <Batch {...props} items={items} /> : null}
    </Screen>
  )
}

function DropZone({
  state,
  t,
  onFiles,
  isFirst,
}: ScreenProps & { onFiles: (files: readonly File[]) => void; isFirst: boolean }) {
  const input = useRef<HTMLInputElement>(null)
  const onChange = () => {
    const files = [...(input.current?.files ?? [])]
    // Choosing the same file again must count as a choice.
    if (input.current) input.current.value = ''
    onFiles(files)
  }
  return (
    <div class="drop-zone">
      <p>{t('intake.drop')}</p>
      <Button primary={isFirst} disabled={state.busy !== undefined} onClick={() => input.current?.click()}>
        {t(isFirst ? 'intake.choose' : 'intake.chooseMore')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".xlsx,.xlsm,.xls,.et"
        aria-label={t('intake.choose')}
        onChange={onChange}
      />
      <p class="hint">{t('intake.limit')}</p>
    </div>
  )
}

function Batch({ items, ...props }: ScreenProps & { items: IntakeItem[] }) {
  const { state, flow, t } = props
  const clean = items.filter((item) => stepOf(item) === 'clean').length
  return (
    <>
      <div class="actions">
        <Button
          primary={clean > 0}
          disabled={state.busy !== undefined || clean === 0 || state.offline !== undefined}
          onClick={() => void submitClean(flow)}
        >
          {t('intake.sendClean', { count: clean })}
        </Button>
      </div>
      <p class="hint">{t('intake.cleanAbout')}</p>
      <PagedList
        class="issues"
        items={items}
        more={(left) => t('more', { left })}
        render={(item) => <IntakeEntry key={item.id} {...props} item={item} />}
      />
    </>
  )
}

/**
 * The whole page takes files while the screen is open: dropped beside a smaller target, one would replace the page.
 * What is dropped on the open workbook of the browser page stays the workbook's. Listening starts with the layout:
 * after the paint, a quick hand could drop before anyone listens.
 */
function useFileDrop(onFiles: (files: readonly File[]) => void): void {
  const latest = useRef(onFiles)
  latest.current = onFiles
  useLayoutEffect(() => {
    const isOurs = ({ target }: Event) => !(target instanceof Element && target.closest('.workspace'))
    const onDragOver = (event: DragEvent) => {
      if (isOurs(event)) event.preventDefault()
    }
    const onDrop = (event: DragEvent) => {
      if (!isOurs(event)) return
      event.preventDefault()
      // Before the page that would open it as its workbook hears of it.
      event.stopPropagation()
      latest.current([...(event.dataTransfer?.files ?? [])])
    }
    window.addEventListener('dragover', onDragOver, { capture: true })
    window.addEventListener('drop', onDrop, { capture: true })
    return () => {
      window.removeEventListener('dragover', onDragOver, { capture: true })
      window.removeEventListener('drop', onDrop, { capture: true })
    }
  }, [])
}
