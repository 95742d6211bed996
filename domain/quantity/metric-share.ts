/**
 * Names that several figures share: 小学、初中分别完成300、500个, 卡介苗接种率99.8%、乙肝疫苗98%.
 */
import { nounBefore } from './metric-phrase.ts'
import { AND, type Reading } from './reading.ts'

/** What the last name of a list has for all: 食品、药品抽检合格率. */
const KIND = /(?:(?:监督)?(?:抽检|抽样|检测|监测)?[一-龥]{1,2}率|占比|比例|(?:片区)?改造|建设|户厕|床位|学位)$/
/** 毛入园率、巩固率: each is whole. */
const COMPLETE = /(?:率|占比|比例)$/

/** 小学、初中分别完成300、500个: as many names as figures share the figures among them. Changes the readings of one clause. */
export function shareAmong(read: readonly Reading[]): void {
  const first = read.findIndex(({ before }) => before.includes('分别'))
  const sharing = first < 0 ? [] : read.slice(first)
  if (sharing.length < 2) return
  const sides = (sharing[0]?.before ?? '').split('分别').map(nounBefore)
  const named = sides.find(({ noun }) => noun.split(AND).length === sharing.length)
  if (named === undefined) return
  const { noun, action } = named
  const list = noun.split(AND)
  const last = list.at(-1) ?? ''
  const shared = sides[0] === named ? (sides[1]?.noun ?? '') : ''
  const kind = KIND.exec(last)?.[0] ?? ''
  for (const [nth, reading] of sharing.entries()) {
    const name = list[nth] ?? ''
    const whole = kind === last || COMPLETE.test(name) || name.endsWith(kind) ? name : name + kind
    reading.metric = shared || whole
    if (shared !== '') reading.object = whole
    reading.carried = false
    if (action !== undefined) reading.action = action
  }
}

/** 卡介苗接种率99.8%、乙肝疫苗98%: the second is a rate of the same kind. Changes the readings. */
export function nameRates(readings: readonly Reading[]): void {
  let kind = ''
  let sentence = -1
  for (const reading of readings) {
    const { figure, clause, metric } = reading
    if (clause.sentence !== sentence) kind = ''
    sentence = clause.sentence
    if (figure.normalizedUnit !== '%') continue
    const own = /[一-龥]{2}率$/.exec(metric)?.[0]
    if (own !== undefined) kind = own
    else if (kind !== '' && !reading.carried && metric !== '' && !/率|占|比|增|降|幅|速|量/.test(metric))
      reading.metric += kind
  }
}

/** 组建3支10人以上应急救援队伍: both figures are of the noun behind the second. Changes the readings. */
export function nameThroughSizes(readings: readonly Reading[]): void {
  for (const [nth, reading] of readings.entries()) {
    const next = readings[nth + 1]
    if (reading.metric !== '' || next?.before !== '' || next.clause !== reading.clause) continue
    if (next.figure.from === reading.figure.to && next.bounds.behind !== '') reading.metric = next.metric
  }
}
