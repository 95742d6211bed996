/** Counts and the names beside them: what is compared, what is wrong, and what is no list of names. */
import { expect, test } from 'vitest'
import { checkNamedLists, isMiscounted } from '../../domain/targets/list.ts'

const RIGHT = [
  '实施东山中学、西山中学、南湖小学等7所学校改造。',
  '建设4个片区：城东、城西、城南、城北。',
  '新建停车场3个（东门停车场、西门停车场、河滨停车场）。',
  '在青石镇、双桥镇、白鹭乡3个乡镇开展试点。',
  '新建东湖公园、西山公园2个公园。',
  '改造农贸市场4个：城东市场、城南市场等。',
  '整治白马水库、青龙水库和石门水库3座水库。',
  '建成3个公园：东湖公园、西山公园及和平公园。',
  '新建4个驿站（东门驿站、西门驿站、南门驿站、北门驿站），配套公厕2座。',
]

const WRONG: [string, number, number][] = [
  ['建设4个片区：城东、城西、城南。', 4, 3],
  ['新建停车场3个（东门停车场、西门停车场）。', 3, 2],
  ['在青石镇、双桥镇、白鹭乡、河口镇3个乡镇开展试点。', 3, 4],
  ['实施东山中学、西山中学、南湖小学、北湖小学等3所学校改造。', 3, 4],
  ['新建东湖公园、西山公园、南山公园2个公园。', 2, 3],
  ['建成三座公园：东湖公园、西山公园。', 3, 2],
]

const NO_LIST = [
  '新建、改建5所学校。',
  '在10个村（社区、居委会）推广。',
  '在青石镇、双桥镇5个村开展试点。',
  '推进教育、医疗、养老6个领域改革。',
  '新建公办幼儿园、民办幼儿园20所。',
  '完成5个机构改革（含提档升级、适老化改造）。',
  '改造7个小区：完善供水、供电、供气等功能。',
  '实施3个工程：一是治水、二是治污。',
  '建设5个站点：选址、设计、施工、验收。',
  '中小学、幼儿园20所完成检查。',
  '培训教师、医生200人。',
  '东部、西部10个乡镇受益。',
  '新增3个机构（责任单位：县教委、县民政局）。',
  '县城小学、农村小学共12所小学达标。',
]

test.each(RIGHT)('agrees: %s', (text) => {
  expect(checkNamedLists(text)).toHaveLength(1)
  expect(checkNamedLists(text).filter(isMiscounted)).toEqual([])
})

test.each(WRONG)('miscounted: %s', (text, count, named) => {
  expect(checkNamedLists(text).filter(isMiscounted)).toMatchObject([{ count, named }])
})

test.each(NO_LIST)('no list of names: %s', (text) => {
  expect(checkNamedLists(text).filter(isMiscounted)).toEqual([])
})

test('points at the list and its count', () => {
  const text = '今年新建停车场3个（东门停车场、西门停车场），确保投用。'
  const [list] = checkNamedLists(text)
  expect(list && text.slice(list.start, list.end)).toBe('3个（东门停车场、西门停车场')
})
