/** Idioms and words of county tables, doubled endings, and what looks like a slip and is none. */
import { describe, expect, test } from 'vitest'
import { codesFor } from './checks-support.ts'

const WORDING = /^(?:text\/(?:slip|near-miss|doubled)|placeholder\/variant)$/
const said = (text: string) => codesFor(text).filter((code) => WORDING.test(code))

describe('is found', () => {
  test.each([
    ['对口帮扶，不负重望。', 'text/near-miss'],
    ['落实一岗双则。', 'text/near-miss'],
    ['按时完成即定目标。', 'text/slip'],
    ['加快成镇老旧小区改造。', 'text/slip'],
    ['新设施以投入使用。', 'text/slip'],
    ['10所学校以建成，2所正在装修。', 'text/slip'],
    ['组织志愿者者开展陪伴服务。', 'text/doubled'],
    ['推动公共文化文化服务下基层。', 'text/doubled'],
    ['无内容', 'placeholder/variant'],
  ])('%s', (text, code) => {
    expect(said(text)).toEqual([code])
  })
})

describe('is left alone', () => {
  test.each([
    '第三季度末完成率达75%。',
    '上年度末完成投资3000万元。',
    '开齐开足体育课，完善体育育人机制。',
    '推进电子子系统联调。',
    '形成镇村两级服务网络，建成镇级养老服务中心2个。',
    '资金难以到位，项目予以启动。',
    '以完成全年任务为目标，倒排工期。',
    '供销社家属院改造完成。',
    '推进进度滞后的项目，改善善后工作。',
    '志愿者们者字旁教学。',
    '全市市直单位、全县县级公立医院参加。',
  ])('%s', (text) => {
    expect(said(text)).toEqual([])
  })
})
