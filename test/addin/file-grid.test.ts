// Blocks, keys and header rows of the page's table, and writing back into the file itself.

import { describe, expect, it } from 'vitest'
import { blockOf, copyBlock, parseBlock, pasteBlock } from '../../addin/file/cell-block.ts'
import { EditHistory, writesOf } from '../../addin/file/edit-history.ts'
import { type WriteBack, writeOver } from '../../addin/file/file-handle.ts'
import { type Move, moveFrom, nextInReading } from '../../addin/file/move-cell.ts'
import { writesOpenToEdits } from '../../addin/file/open-to-edits.ts'
import { pinColumns, pinOf } from '../../addin/file/pin-columns.ts'
import {
  guessHeaderRows,
  type PlacedCell,
  type PlacedGrid,
  placeCells,
  rowsPerPage,
} from '../../addin/file/place-cells.ts'
import { LEDGER_SHEET } from '../../domain/carrier.ts'
import { gridOf } from '../support/model-grid.ts'

const grid = gridOf([
  ['任务分解表', '<', '<'],
  ['序号', '任务', '目标'],
  ['1', '新建学校', '开工\n"建设"'],
  ['2', '^', ''],
  ['3', '改造管网', '完工'],
])
const placed = placeCells(grid, { count: 100 })
const at = (row: number, column: number, from: PlacedGrid = placed) => from.at(row, column) as PlacedCell

describe('a block of cells', () => {
  it('is copied with quoted line breaks, a merged text once', () => {
    expect(copyBlock(placed, blockOf(at(2, 1), at(4, 2)))).toBe('新建学校\t"开工\n""建设"""\r\n\t\r\n改造管网\t完工')
  })

  it.each([
    ['one text', '新建', [['新建']]],
    [
      'rows and columns, the last line ended',
      'a\tb\r\nc\td\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['quoted line breaks and marks', '"一\r\n二"\t"他说""好"""', [['一\n二', '他说"好"']]],
    [
      'empty cells',
      'a\t\t\n\tb',
      [
        ['a', '', ''],
        ['', 'b'],
      ],
    ],
    ['a text that only begins with a mark', '"十百千"工程\t二', [['"十百千"工程', '二']]],
    ['a mark that never ends', '"未完\t二', [['"未完', '二']]],
  ])('is read from what other programs copy: %s', (_, text, cells) => {
    expect(parseBlock(text)).toEqual(cells)
  })

  it('is pasted into shown cells; what falls inside a merged area is counted, blanks there are not', () => {
    const into = blockOf(at(2, 1), at(2, 1))
    expect(pasteBlock(grid, blockOf(at(3, 2), at(3, 2)), [['甲'], ['乙']]).writes).toEqual([
      { row: 3, column: 2, text: '甲' },
      { row: 4, column: 2, text: '乙' },
    ])
    expect(
      pasteBlock(grid, into, [
        ['甲', '乙'],
        ['丙', '丁'],
      ]),
    ).toEqual({
      writes: [
        { row: 2, column: 1, text: '甲' },
        { row: 2, column: 2, text: '乙' },
        { row: 3, column: 2, text: '丁' },
      ],
      passedOver: 1,
    })
    expect(
      pasteBlock(grid, into, [
        ['甲', '乙'],
        ['', '丁'],
      ]).passedOver,
    ).toBe(0)
  })

  it('passes hidden rows over, goes on below the table, and one text fills it whole', () => {
    const hiding = { ...grid, hiddenRows: [3, 5] }
    const hidden = placeCells(hiding, { count: 100 })
    const { writes } = pasteBlock(hiding, blockOf(at(2, 2, hidden), at(2, 2, hidden)), [['甲'], ['乙'], ['丙']])
    expect(writes.map(({ row }) => row)).toEqual([2, 4, 6])
    expect(pasteBlock(grid, blockOf(at(2, 1), at(4, 2)), [['同']]).writes).toHaveLength(5)
  })
})

describe('pasting past the edge of what is shown', () => {
  const withIds = {
    ...gridOf([
      ['序号', '任务', '台账标识'],
      ['1', '新建学校', 'r1@3'],
      ['2', '改造管网', 'r2@3'],
    ]),
    hiddenColumns: [2],
  }
  const lastShown = { top: 1, left: 1, bottom: 1, right: 1 }

  it('steps over the hidden last column, which holds the ids', () => {
    const { writes } = pasteBlock(withIds, lastShown, [
      ['甲', '乙'],
      ['丙', '丁'],
    ])
    expect(writes.map(({ row, column }) => [row, column])).toEqual([
      [1, 1],
      [1, 3],
      [2, 1],
      [2, 3],
    ])
  })

  it('goes on into the rows of the next page, past its hidden ones and into the first cell of its merges', () => {
    const long = { ...grid, hiddenRows: [4], texts: [...grid.texts, ['4', '修路', ''], ['5', '植树', '']] }
    const one = placeCells(long, { count: 3 })
    expect(one.rows).toHaveLength(3)
    const { writes } = pasteBlock(long, blockOf(at(2, 1, one), at(2, 1, one)), [['甲'], ['乙'], ['丙'], ['丁']])
    expect(writes.map(({ row, text }) => [row, text])).toEqual([
      [2, '甲'],
      [5, '丙'],
      [6, '丁'],
    ])
  })

  it('starts in an empty row below the table too', () => {
    const below = { top: 6, left: 0, bottom: 6, right: 0 }
    expect(pasteBlock(withIds, below, [['6', '绿化']]).writes.map(({ row }) => row)).toEqual([6, 6])
    expect(pasteBlock(withIds, below, [['6']]).writes).toEqual([{ row: 6, column: 0, text: '6' }])
  })
})

describe('cells that edits are let into', () => {
  const withIds = gridOf([
    ['任务分解表', '<', '<'],
    ['序号', '任务', '台账 标识'],
    ['1', '新建学校', 'r1@3'],
  ])
  const everywhere = [0, 1, 2, 3].flatMap((row) => [0, 1, 2].map((column) => ({ row, column, text: '新' })))
  const placesOf = (writes: readonly { row: number; column: number }[]) =>
    writes.map(({ row, column }) => `${row}:${column}`)

  it('are not the ids of the rows, also where their column is shown', () => {
    const open = placesOf(writesOpenToEdits(withIds, everywhere))
    expect(open).not.toContain('1:2')
    expect(open).not.toContain('2:2')
    expect(open).not.toContain('3:2')
    expect(open).toContain('2:1')
  })

  it('are shown ones: none of a hidden row or column, but for a merged area that is shown in part', () => {
    const hiding = { ...withIds, hiddenRows: [2], hiddenColumns: [0] }
    expect(placesOf(writesOpenToEdits(hiding, everywhere))).toEqual(['0:0', '0:1', '0:2', '1:1', '3:1'])
  })

  it('are none of the sheet that says what the workbook is', () => {
    expect(writesOpenToEdits({ ...withIds, name: LEDGER_SHEET }, everywhere)).toEqual([])
  })
})

describe('pages', () => {
  it('shows as many rows a page as a browser draws at once, fewer of a wide sheet', () => {
    const wide = (columns: number) => ({
      ...grid,
      texts: [Array.from({ length: columns }, () => '')],
      merges: [],
    })
    expect([8, 20, 500].map((columns) => rowsPerPage(wide(columns)))).toEqual([1000, 400, 100])
  })
})

describe('keys', () => {
  it.each<[Move, [number, number], [number, number] | undefined]>([
    ['down', [2, 1], [4, 1]],
    ['up', [3, 2], [2, 2]],
    ['left', [4, 0], undefined],
    ['row-end', [3, 0], [3, 2]],
    ['row-start', [4, 2], [4, 0]],
    ['first', [4, 2], [0, 0]],
    ['last', [0, 0], [4, 2]],
    ['down-edge', [1, 0], [4, 0]],
    ['down-edge', [2, 2], [4, 2]],
    ['right-edge', [4, 0], [4, 2]],
    ['page-down', [1, 0], [3, 0]],
  ])('%s goes from %j to %j', (move, [row, column], to) => {
    const found = moveFrom(placed, at(row, column), move, 2)
    expect(found && [found.row, found.column]).toEqual(to)
  })

  it('Tab reads on in the next row and ends behind the last cell', () => {
    expect(nextInReading(placed, at(3, 2), false)).toBe(at(4, 0))
    expect(nextInReading(placed, at(4, 0), true)).toBe(at(3, 2))
    expect(nextInReading(placed, at(4, 2), false)).toBeUndefined()
  })
})

describe('header rows of a file that freezes none', () => {
  it('go as far as cells of the first full row are merged down', () => {
    expect(guessHeaderRows(grid)).toBe(2)
    const twoLevels = [
      ['标题', '<', '<'],
      ['序号', '任务', '每两月', '<'],
      ['^', '^', '3月', '5月'],
      ['1', '学校', 'a', 'b'],
    ]
    expect(guessHeaderRows(gridOf(twoLevels))).toBe(3)
    expect(guessHeaderRows(gridOf([['说明'], ['一']]))).toBe(0)
  })
})

describe('columns that stay in view', () => {
  const columns = [0, 1, 2, 3]
  const widths = new Map([
    [0, 3],
    [1, 15],
    [2, 15],
    [3, 5],
  ])
  const pin = (frozen: number, view: number, shown = columns) =>
    pinColumns(shown, widths, { frozen, before: 3.5, view }).map(({ column, left }) => [column, left])

  it('are those up to the task, or those that the file freezes', () => {
    expect(pin(0, 100)).toEqual([
      [0, 3.5],
      [1, 6.5],
    ])
    expect(pin(1, 100)).toEqual([[0, 3.5]])
    expect(pin(3, 100).map(([column]) => column)).toEqual([0, 1, 2])
  })

  it('leave at least half of the view to what scrolls, and are none where it has no room', () => {
    expect(pin(0, 40)).toEqual([[0, 3.5]])
    expect(pin(0, 0)).toEqual([])
  })

  it('are none of a table without sentences near its first column', () => {
    const narrow = new Map(columns.map((column) => [column, 5]))
    expect(pinColumns(columns, narrow, { frozen: 0, before: 3.5, view: 100 })).toEqual([])
  })

  it('step over hidden ones', () => {
    expect(pin(3, 100, [0, 2, 3])).toEqual([
      [0, 3.5],
      [2, 6.5],
    ])
  })

  it('hold their cells, but none that goes on beyond them', () => {
    const pins = pinColumns(columns, widths, { frozen: 2, before: 3.5, view: 100 })
    expect(pinOf(pins, { column: 1, columnSpan: 1 })).toBe(6.5)
    expect(pinOf(pins, { column: 0, columnSpan: 2 })).toBe(3.5)
    expect(pinOf(pins, { column: 0, columnSpan: 4 })).toBeUndefined()
    expect(pinOf(pins, { column: 2, columnSpan: 1 })).toBeUndefined()
  })
})

describe('undoing', () => {
  const step = { sheet: '表', edits: [{ row: 4, column: 2, from: '开工', to: '完工' }] }

  it('leaves a cell alone that was changed since by other means', () => {
    expect(writesOf(step, grid, 'back')).toEqual([{ row: 4, column: 2, text: '开工' }])
    expect(writesOf({ sheet: '表', edits: [{ row: 4, column: 2, from: '甲', to: '乙' }] }, grid, 'back')).toEqual([])
  })

  it('ends at what was forgotten, and a new edit ends making again', () => {
    const history = new EditHistory()
    for (let i = 0; i < 250; i++) history.record(step)
    let undone = 0
    while (history.takeUndo()) undone++
    expect(undone).toBe(200)
    expect(history.takeRedo()).toBe(step)
    history.record(step)
    expect(history.takeRedo()).toBeUndefined()
    history.forget('表')
    expect(history.takeUndo()).toBeUndefined()
  })
})

describe('writing over the original', () => {
  /** A file of the disk, as the browser lends it. */
  function original(permission = 'granted', locked = false) {
    const disk = { bytes: new Uint8Array([1, 2]), modified: 1000 }
    const handle = {
      requestPermission: async () => permission,
      getFile: async () => ({ lastModified: disk.modified, size: disk.bytes.length }),
      createWritable: async () => {
        if (locked) throw new DOMException('locked', 'NoModificationAllowedError')
        let written = new Uint8Array()
        return {
          write: async (bytes: Uint8Array<ArrayBuffer>) => {
            written = bytes
          },
          close: async () => Object.assign(disk, { bytes: written, modified: 2000 }),
        }
      },
    }
    return { disk, back: { handle, modified: 1000, size: 2 } as unknown as WriteBack }
  }
  const bytes = new Uint8Array([7, 8, 9])

  it('writes, and can write again', async () => {
    const { disk, back } = original()
    const next = await writeOver(back, bytes)
    expect([...disk.bytes]).toEqual([7, 8, 9])
    await writeOver(next, bytes)
    await expect(writeOver(back, bytes)).rejects.toMatchObject({ reason: 'changedOutside' })
  })

  it.each([
    ['without permission', original('denied'), 'notAllowed'],
    ['while another program holds it', original('granted', true), 'notWritable'],
  ])('refuses %s and changes nothing', async (_, { disk, back }, reason) => {
    await expect(writeOver(back, bytes)).rejects.toMatchObject({ reason })
    expect([...disk.bytes]).toEqual([1, 2])
  })
})
