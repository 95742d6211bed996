/** Sheet models → workbook bytes. */
import { writeXlsx } from 'hucre/xlsx'
import type { SheetModel } from '../domain/sheet-model.ts'
import { FILTER_NAME, finishParts } from './finish-parts.ts'
import { addressOf, modelToSheet } from './model-sheet.ts'

/** Column widths count its digits: 宋体 is there in every Chinese Excel and WPS, and row heights are computed for it. */
const DEFAULT_FONT = { name: '宋体', size: 11 }

/**
 * A new workbook of these sheets, the first visible one in front. `created` is an instant in ISO
 * form: the same models and instant give the same bytes.
 */
export async function writeWorkbook(
  models: SheetModel[],
  properties: { title: string; created: string },
): Promise<Uint8Array> {
  const at = new Date(properties.created)
  const bytes = await writeXlsx({
    sheets: models.map(modelToSheet),
    namedRanges: models.flatMap(({ name, filter }) =>
      filter
        ? [{ name: FILTER_NAME, scope: name, range: `'${name.replaceAll("'", "''")}'!${addressOf(filter, '$')}` }]
        : [],
    ),
    defaultFont: DEFAULT_FONT,
    properties: { title: properties.title, creator: '民生台账', created: at, modified: at },
    activeSheet: Math.max(
      0,
      models.findIndex((model) => model.visibility === 'visible'),
    ),
  })
  return models.some(({ notes, filter }) => notes || filter) ? finishParts(bytes) : bytes
}
