/**
 * Whether two noun phrases plainly name two things, such as 托位 and 学位: figures of both may make up a sum only
 * by chance. Names that are not known here, short forms and general words (困难群众, 项目) differ from nothing.
 */
import { coreOf } from './same-metric.ts'

/** One kind a line, as noun phrases end; what holds seats or may be called by them stands on the lines of both. */
const KINDS = [
  '学校 小学 中学 初中 高中 校区 教学点 幼儿园 学位',
  '托位 托育机构 托育园 托育点 托育中心 托育服务中心 幼儿园',
  '敬老院 养老院 福利院 幸福院 养老机构 养老中心 养老服务中心 养老服务站 日间照料中心 床位',
  '医院 卫生院 卫生室 诊所 床位',
  '公园 游园 绿地 广场',
  '停车场 停车楼 车位 泊位',
  '充电桩 充电站 换电站 车位 泊位',
  '厕所 旱厕 厕',
  '市场 集市 超市 摊位 铺位',
  '小区 棚户区',
  '水库 山坪塘 山塘 塘坝',
  '桥',
  '公路 道路 村路 通组路 产业路 步道 绿道 街巷',
  '管网 管道 管线',
  '渠道 沟渠 灌渠 堤防 河堤 护岸',
  '电梯',
  '路灯',
  '书屋 书房 图书馆',
  '儿童 幼儿 婴幼儿 学生 青少年 未成年人 孤儿',
  '老年人 长者',
  '教师 校长 园长',
  '医生 医师 护士 药师',
].map((line) => line.split(' '))
const WORDS = [...new Set(KINDS.flat())].sort((a, b) => b.length - a.length)

/** What runs in pipes. */
const MEDIA = [/供水|自来水|给水|饮水/u, /燃气|天然气/u, /污水|雨水|排水|雨污/u, /供热|热力|供暖/u]

/** Symmetric. A phrase that lists several (供水、燃气管网) differs from nothing. */
export function areDifferentThings(one: string, other: string): boolean {
  if (LISTS.test(one) || LISTS.test(other)) return false
  const [a, b] = [coreOf(one), coreOf(other)]
  const [kinds, others] = [kindsOf(a), kindsOf(b)]
  if (kinds.length === 0 || others.length === 0) return false
  return !kinds.some((kind) => others.includes(kind)) || areOtherPipes(a, b)
}

const LISTS = /[、和与及或（(]/u

function kindsOf(core: string): string[][] {
  const word = WORDS.find((end) => core.endsWith(end))
  return word === undefined ? [] : KINDS.filter((kind) => kind.includes(word))
}

function areOtherPipes(one: string, other: string): boolean {
  const [media, others] = [one, other].map((pipes) => MEDIA.filter((medium) => medium.test(pipes)))
  if (!media?.length || !others?.length || !/管[网道线]$/u.test(one)) return false
  return !media.some((medium) => others.includes(medium))
}
