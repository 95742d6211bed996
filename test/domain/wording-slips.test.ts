/**
 * Wrong characters are found where they were put at random, and are not where nothing is wrong.
 */
import { expect, it } from 'vitest'
import { findSlips } from '../../domain/wording/slip-finder.ts'
import { loadSlipModel } from '../../domain/wording/slip-model.ts'
import { CLEAN_MILESTONES, CLEAN_TARGETS, CLEAN_TASKS } from './corpus/clean-cells.ts'

const model = loadSlipModel()
const texts = [...CLEAN_MILESTONES, ...CLEAN_TASKS, ...CLEAN_TARGETS]
const find = (text: string) => findSlips(model, text)

it.each([
  ['认真履行职则，抓好落实。', '职则', '职责'],
  ['开展安全隐患排察。', '排察', '排查'],
  ['推进基础设施建没。', '建没', '建设'],
  ['全力一赴推进项目建设。', '全力一赴', '全力以赴'],
  ['做好高校必业生就业服务。', '必业生', '毕业生'],
])('%s: %s was meant as %s', (text, wrong, right) => {
  expect(find(text).map((slip) => [slip.wrong, slip.right])).toEqual([[wrong, right]])
})

it.each([
  '坚持以经济建设为中心。',
  '提高人才队伍质量。',
  '做到应改尽改、急时应急。',
  '打造“建没”品牌。',
  '完成任河路改造。',
])('%s is right', (text) => {
  expect(find(text)).toEqual([])
})

it('finds both of two equal slips or, where they stand close by, neither', () => {
  expect(find('认真履行职则，严格落实安全职则。')).toHaveLength(2)
  expect(find('职则）、职则')).toHaveLength(0)
})

it('says nothing about clean cells', () => {
  expect(texts.filter((text) => find(text).length > 0)).toEqual([])
})

it('finds at least 7 of 10 characters replaced by one that sounds alike', () => {
  const typed = replaceAtRandom(400)
  const found = typed.filter(({ text, at }) =>
    find(text).some((slip) => slip.at <= at && at < slip.at + slip.wrong.length),
  )
  expect(found.length / typed.length).toBeGreaterThanOrEqual(0.7)
})

it('reads in linear time', () => {
  const time = (text: string) => {
    const start = performance.now()
    find(text)
    return performance.now() - start
  }
  const wrong = '职则建没'
  time(wrong.repeat(2000))
  expect(time(wrong.repeat(8000))).toBeLessThan(1000)
})

/** One character of a known word of two replaced by a homophone, if the outcome is no word and not known to be legal. */
function replaceAtRandom(count: number): { text: string; at: number }[] {
  const next = drawNumbers(2026)
  const bySound = new Map<string, string[]>()
  for (const [code, { exact }] of model.syllables) {
    const sound = exact[0] ?? ''
    bySound.set(sound, [...(bySound.get(sound) ?? []), String.fromCharCode(code)])
  }
  const typed: { text: string; at: number }[] = []
  while (typed.length < count) {
    const text = texts[next(texts.length)] ?? ''
    const start = next(text.length - 1)
    const word = text.slice(start, start + 2)
    if (!model.beginning.get(word.charCodeAt(0))?.some((priced) => priced.word === word)) continue
    const at = start + next(2)
    const alike = bySound.get(model.syllables.get(text.charCodeAt(at))?.exact[0] ?? '') ?? []
    const char = alike[next(alike.length)]
    if (char === undefined || char === text.charAt(at)) continue
    const wrong = at === start ? char + word.charAt(1) : word.charAt(0) + char
    if (model.lexicon.costOf.has(wrong)) continue
    typed.push({ text: text.slice(0, at) + char + text.slice(at + 1), at })
  }
  return typed
}

function drawNumbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor((state / 2 ** 31) * below)
  }
}
