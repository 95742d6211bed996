/** Rows made anew from their events, for a table of 5,000 rows, and never over somebody's new commit. */
import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, expect, test } from 'vitest'
import type { StoredRow } from '../../tools/database/pages.ts'
import { correctionSql, findWrongRows, type State } from '../../tools/database/row-state.ts'

const ROWS = 5_000
const LONG = '推进项目前期工作。'.repeat(5_000)
let database: DatabaseSync

beforeEach(() => {
  database = new DatabaseSync(':memory:')
  for (const file of readdirSync('worker/migrations').sort())
    database.exec(readFileSync(`worker/migrations/${file}`, 'utf8'))
  database.exec(`
    INSERT INTO actor (id, role, name, county) VALUES ('a', 'admin', '系统管理员', '*');
    INSERT INTO plan (id, county, year, title, state, layout, created_at) VALUES ('p', '测试县', 2023, '实事', 'collecting', '{}', '');
    INSERT INTO sheet (id, plan_id, form, spec_version, epoch) VALUES ('p/breakdown', 'p', 'breakdown', 1, 1);`)
  for (const _ of [1, 2]) commit()
  const event = database.prepare(
    `INSERT INTO row_event (sheet_id, row_id, seq, kind, actor_id, order_key, deleted, changes)
     VALUES ('p/breakdown', ?, ?, ?, 'a', ?, ?, ?)`,
  )
  for (let i = 0; i < ROWS; i++) {
    const id = `r${i}`
    event.run(id, 1, 'insert', String(i).padStart(5, '0'), null, change('task', null, `任务${i}`))
    if (i % 10 === 0)
      event.run(id, 2, 'update', null, null, change('task', `任务${i}`, i === 0 ? LONG : `任务${i}之二`))
    if (i % 100 === 7) event.run(id, 2, 'delete', null, 1, '[]')
  }
})

function commit(): void {
  database.exec(
    "INSERT INTO commit_log (sheet_id, kind, actor_id, key_id, at) VALUES ('p/breakdown', 'submission', 'a', '', '')",
  )
}

function change(column: string, old: string | null, text: string): string {
  return JSON.stringify([{ column, old, new: text }])
}

function readState(): State {
  const all = (sql: string) => database.prepare(sql).all() as StoredRow[]
  return {
    rows: all('SELECT * FROM row_state'),
    events: all('SELECT * FROM row_event'),
    latestCommit: Number(all('SELECT max(seq) AS seq FROM commit_log')[0]?.seq),
  }
}

/** Runs a correction as D1 does: all of it or nothing. */
function correct(lines: string[]): void {
  database.exec('BEGIN')
  try {
    for (const line of lines) database.exec(line)
    database.exec('COMMIT')
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

test('every row of 5,000 is made anew, long texts and deleted rows too, and the epoch rises', () => {
  const state = readState()
  const wrong = findWrongRows(state)
  expect(wrong).toHaveLength(ROWS)
  correct(correctionSql(wrong, state.latestCommit))
  expect(findWrongRows(readState())).toEqual([])
  const row = database.prepare("SELECT ver, deleted, cells ->> '$.task' AS task FROM row_state WHERE row_id = ?")
  expect({ ...row.get('r0') }).toEqual({ ver: 2, deleted: 0, task: LONG })
  expect({ ...row.get('r7') }).toEqual({ ver: 2, deleted: 1, task: '任务7' })
  expect({ ...row.get('r9') }).toEqual({ ver: 1, deleted: 0, task: '任务9' })
  expect(database.prepare('SELECT epoch FROM sheet').get()?.epoch).toBe(2)
  expect(database.prepare('SELECT count(*) AS n FROM guard').get()?.n).toBe(0)
})

test('only what differs is named, with the columns that do; a row that no event knows goes', () => {
  const state = readState()
  correct(correctionSql(findWrongRows(state), state.latestCommit))
  database.exec(`UPDATE row_state SET cells = json_set(cells, '$.task', '错', '$.target', '多') WHERE row_id = 'r3';
    UPDATE row_state SET ver = 1, order_key = 'z', spans_confirmed = 0 WHERE row_id = 'r10';
    UPDATE row_state SET row_id = 'nobody' WHERE row_id = 'r20';`)
  const broken = readState()
  const wrong = findWrongRows(broken)
  expect(wrong.map(({ rowId, fields }) => [rowId, fields])).toEqual([
    ['r3', ['task', 'target']],
    ['r10', ['ver', 'order_key', 'spans_confirmed']],
    ['r20', ['缺少']],
    ['nobody', ['多余']],
  ])
  correct(correctionSql(wrong, broken.latestCommit))
  expect(findWrongRows(readState())).toEqual([])
})

test('a commit that came since the rows were read takes the whole correction back', () => {
  const state = readState()
  const lines = correctionSql(findWrongRows(state), state.latestCommit)
  commit()
  expect(() => correct(lines)).toThrow(/changed_scope/)
  expect(readState().rows).toEqual([])
})
