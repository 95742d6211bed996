/**
 * Sentences about target arithmetic.
 */
import type { Fill, Message } from './message.ts'

export const TARGET_MESSAGES = {
  'target/falls-short': {
    zh: (p) =>
      `${promised(p)}，${reachedZh(p)}，${p('over') === '1' ? '高出' : '少'}${p('gap')}。请核对各期数字；另有安排的，请注明。`,
    en: (p) =>
      `${promisedEn(p)}; ${reachedEn(p)}, ${p('gap')} ${p('over') === '1' ? 'too much' : 'short'}. Check the figures, or note where the rest is arranged.`,
  },
  'target/exceeds': {
    zh: (p) =>
      p('cap') === '1'
        ? `${promised(p)}，${reachedZh(p)}，超出${p('gap')}。请核对各期数字。`
        : `${promised(p)}，${reachedZh(p)}，多${p('gap')}。请核对；确为超额安排的，可不作修改。`,
    en: (p) => `${promisedEn(p)}; ${reachedEn(p)}, ${p('gap')} more. Please check.`,
  },
  'target/cumulative-falls': {
    zh: (p) => `“${p('column')}”的累计数少于前期（${p('figures')}）。累计数不应减少，请核对。`,
    en: (p) =>
      `The cumulative figure in “${p('column')}” is smaller than an earlier one (${p('figures')}). Please check.`,
  },
  'target/rate-regresses': {
    zh: (p) => `${promised(p)}，“${p('column')}”的数值较前期退步（${p('figures')}）。请核对。`,
    en: (p) => `${promisedEn(p)}; the figure in “${p('column')}” is worse than before (${p('figures')}). Please check.`,
  },
  'target/share-regresses': {
    zh: (p) => `“${p('column')}”的工作进度低于前期（${p('figures')}）。请核对。`,
    en: (p) => `The share of work in “${p('column')}” is smaller than before (${p('figures')}). Please check.`,
  },
  'target/restated-differs': {
    zh: (p) => `${promised(p)}，“${p('column')}”写明的全年数为${p('sum')}，两处不一致。请核对。`,
    en: (p) => `${promisedEn(p)}, but “${p('column')}” gives ${p('sum')} for the year. Please check.`,
  },
  'target/not-covered': {
    zh: (p) => `${promised(p)}，各期目标任务均未涉及。请补充；另有安排的，请注明。`,
    en: (p) => `${promisedEn(p)}; no milestone speaks of it. Add it, or note where it is arranged.`,
  },
  'target/stage-only': {
    zh: (p) => `${promised(p)}，各期写明了工作步骤，未写明完成数量。建议在相应期次写明。`,
    en: (p) => `${promisedEn(p)}; the milestones describe the work without this figure. Consider naming it.`,
  },
  'target/scope-differs': {
    zh: (p) => `${promised(p)}，“${p('column')}”写的是${p('found')}，对象、层级或范围可能不同。请确认是否为同一事项。`,
    en: (p) =>
      `${promisedEn(p)}; “${p('column')}” says ${p('found')}, perhaps of something else. Is it the same thing?`,
  },
  'target/ambiguous': {
    zh: (p) => `${promised(p)}，各期数字依次为${p('found')}，可能是当期数，也可能是累计数。请确认口径。`,
    en: (p) => `${promisedEn(p)}; the figures ${p('found')} may be of each period or cumulative. Which is meant?`,
  },
  'target/not-comparable': {
    zh: (p) => `${promised(p)}，“${p('column')}”写的是${p('found')}，计量单位不同，无法核对。建议统一计量单位。`,
    en: (p) => `${promisedEn(p)}; “${p('column')}” says ${p('found')} in another unit. Consider using one unit.`,
  },
  'target/list-count': {
    zh: (p) =>
      `“${p('column')}”中“${p('excerpt')}”写明${p('count')}，列出的名称有${p('named')}个，两者不一致。请核对。`,
    en: (p) => `In “${p('column')}”, “${p('excerpt')}” says ${p('count')} but names ${p('named')}. Please check.`,
  },
} satisfies Record<string, Message>

function promised(p: Fill): string {
  return `“${p('source')}”提出“${p('target')}”`
}

function promisedEn(p: Fill): string {
  return `“${p('source')}” promises “${p('target')}”`
}

/** One figure, a sum with its terms, or the last of several levels. */
function reachedZh(p: Fill): string {
  if (p('several') !== '1') return `各期安排为${p('sum')}`
  return p('adds') === '1' ? `各期合计${p('sum')}（${p('figures')}）` : `各期依次为${p('figures')}`
}

function reachedEn(p: Fill): string {
  if (p('several') !== '1') return `the milestones give ${p('sum')}`
  return p('adds') === '1'
    ? `the milestones add up to ${p('sum')} (${p('figures')})`
    : `the milestones give ${p('figures')}`
}
