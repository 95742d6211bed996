// A key in a cell is found in every form in which one is handed out, and neither it nor a part of it is ever repeated.
import { describe, expect, it } from 'vitest'
import { holdsAccessKey, withoutAccessKeys } from '../../domain/access-key.ts'
import { checkTable } from '../../domain/check.ts'
import { issueText } from '../../domain/messages.ts'
import { context, spec, spoilt } from './checks-support.ts'

const RANDOM = 'aB3dE0O0fGhIjKlMnOpQrStUvWxYz12'.slice(0, 30)
const KEY = `mt_aB3dE0O0_${RANDOM}_a1B2c3`
const GROUPED = KEY.split('_')
  .map((part) => part.match(/.{1,4}/g)?.join(' '))
  .join(' _ ')

describe('an access key in a text', () => {
  it.each([
    ['alone', KEY],
    ['within a sentence', `完成选址，密钥是${KEY}，请查收。`],
    ['in groups of four, as slips print it', GROUPED],
    ['broken over lines', GROUPED.replaceAll(' ', '\n')],
    ['between Latin words', `see ${KEY}xyz`],
  ])('is seen %s, and put out of sight', (_, text) => {
    expect(holdsAccessKey(text)).toBe(true)
    const bare = withoutAccessKeys(text)
    expect(holdsAccessKey(bare)).toBe(false)
    for (const part of [RANDOM.slice(0, 4), 'a1B2']) expect(bare).not.toContain(part)
  })

  it.each(['mt_aB3dE0O0', KEY.slice(0, -4), 'mt 指标', '完成 mt_ 接口改造', '甲'.repeat(30_000), 'mt_ '.repeat(7_000)])(
    'is not seen in %.20s',
    (text) => {
      expect(holdsAccessKey(text)).toBe(false)
      expect(withoutAccessKeys(text)).toBe(text)
    },
  )
})

describe('a check', () => {
  const text = `完成选址,,${KEY}  启动设计,完成１２户`
  const issues = checkTable(spoilt({ 'milestone.P1': text }), context)
  const ofCell = issues.filter(({ column }) => column === 'milestone.P1')

  it('says that a cell holds one, and waits with all else that is wrong there', () => {
    expect(ofCell).toMatchObject([{ code: 'text/access-key', severity: 'error', params: {} }])
  })

  it('repeats it nowhere', () => {
    expect(JSON.stringify(issues)).not.toContain(RANDOM.slice(0, 4))
    const said = issues.flatMap((issue) => [issueText(issue, spec, 'zh'), issueText(issue, spec, 'en')])
    expect(said.join()).not.toContain('mt_')
  })
})
