/** Below the table: what its signs and shades mean, what is hidden, and the keys. */
import type { CellMark } from '../sheet-host.ts'
import type { FileView } from './file-sheet-host.ts'
import type { FileTexts } from './file-texts.ts'
import { MARK_SIGNS } from './grid-row.tsx'

const ORDER: CellMark['severity'][] = ['error', 'warning', 'ask', 'hint']

export function Legend({ view, texts }: { view: FileView; texts: FileTexts }) {
  const { hiddenRows, hiddenColumns } = view.grid
  const severities = ORDER.filter((severity) => view.marks.some((mark) => mark.severity === severity))
  return (
    <div class="grid-legend">
      {(severities.length > 0 || view.shaded.length > 0) && (
        <ul aria-label={texts.legend}>
          {severities.map((severity) => (
            <li key={severity} data-mark={severity}>
              <span class="grid-mark" aria-hidden="true">
                {MARK_SIGNS[severity]}
              </span>
              {texts.marks[severity]}
            </li>
          ))}
          {view.shaded.length > 0 && <li data-shaded>{texts.shaded}</li>}
        </ul>
      )}
      {hiddenRows.length + hiddenColumns.length > 0 && (
        <p class="grid-note">{texts.hiddenParts(hiddenRows.length, hiddenColumns.length)}</p>
      )}
      <p id="grid-keys" class="grid-note">
        {texts.keys}
      </p>
    </div>
  )
}
