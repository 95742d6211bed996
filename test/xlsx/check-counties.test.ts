/**
 * Three full tables of invented places, with known defects and everything else clean (made by
 * test/fixtures/counties/checked/make.py): what is said of them is what a careful reader would say.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkWorkbook } from '../../tools/check-file/check-workbook.ts'

/** `verdict`: those that a person may well give, divided by /. */
type Truth = {
  defects: { at: string; code: string }[]
  verdicts: { number: string; figure: string; verdict: string }[]
}

const FOLDER = 'test/fixtures/counties/checked'

/** Issues that are known to be missing; nothing is claimed of them here. A time beside another in a cell is not judged. */
const UNSETTLED: Record<string, string[]> = { 'two-months': [], quarters: [], 'half-years': ['E16 deadline/early'] }

const COUNTIES = await Promise.all(
  Object.entries(UNSETTLED).map(async ([name, unsettled]) => {
    const truth: Truth = JSON.parse(readFileSync(`${FOLDER}/${name}.json`, 'utf8'))
    const [sheet] = await checkWorkbook(new Uint8Array(readFileSync(`${FOLDER}/${name}.xlsx`)), { year: 2024 })
    const issues = (sheet?.issues ?? []).filter((issue) => !unsettled.includes(print(issue)))
    const wanted = truth.defects.map(print).filter((issue) => !unsettled.includes(issue))
    return { name, truth, issues, wanted, targets: sheet?.targets ?? [] }
  }),
)

describe.each(COUNTIES)('$name', ({ truth, issues, wanted, targets }) => {
  test('every known defect is found at its cell', () => {
    expect(issues.map(print)).toEqual(expect.arrayContaining(wanted))
  })

  test('nothing else is an error or to be mended', () => {
    const loud = issues.filter(({ severity }) => severity === 'error' || severity === 'warning').map(print)
    expect(loud.filter((issue) => !wanted.includes(issue))).toEqual([])
  })

  test('every promised figure is judged as a person would judge it', () => {
    const given = targets.flatMap(({ number, checks }) =>
      checks.map(({ target, verdict }) => ({ figure: `${number} ${target.text}`, verdict })),
    )
    const wrong = truth.verdicts.flatMap(({ number, figure, verdict }) => {
      const key = `${number} ${figure}`
      const found = given.filter((one) => one.figure === key).map((one) => one.verdict)
      return found.some((one) => verdict.split('/').includes(one)) ? [] : [{ key, found, verdict }]
    })
    expect(wrong).toEqual([])
  })
})

function print({ at, code }: { at?: string; code: string }): string {
  return `${at ?? ''} ${code}`
}
