/**
 * Target arithmetic on tasks of invented counties with hand-made truth. A false "does not add up" is
 * the worst that can happen: none is allowed.
 */
import { expect, test } from 'vitest'
import { measureTargets } from './corpus/measure-targets.ts'
import { BROKEN_TASKS } from './corpus/targets-broken.ts'
import { COUNT_TASKS } from './corpus/targets-counts.ts'
import { FIELD_TASKS } from './corpus/targets-fields.ts'
import { HABIT_TASKS } from './corpus/targets-habits.ts'
import { MIXED_TASKS } from './corpus/targets-mixed.ts'
import { NAME_TASKS } from './corpus/targets-names.ts'
import { RATE_TASKS } from './corpus/targets-rates.ts'
import { SHORT_TASKS } from './corpus/targets-short.ts'
import { WORK_TASKS } from './corpus/targets-works.ts'

const tasks = [
  ...COUNT_TASKS,
  ...WORK_TASKS,
  ...RATE_TASKS,
  ...BROKEN_TASKS,
  ...NAME_TASKS,
  ...HABIT_TASKS,
  ...FIELD_TASKS,
  ...MIXED_TASKS,
  ...SHORT_TASKS,
]
const measure = measureTargets(tasks)

test('raises no alarm over a breakdown that keeps its promise', () => {
  expect(measure.falseAlarms).toEqual([])
})

test('gives at least 95 of 100 verdicts right', () => {
  const { right, of } = measure.verdicts
  expect(right / of, measure.wrongVerdicts.join('\n')).toBeGreaterThanOrEqual(0.95)
})

test('raises the alarm over at least 95 of 100 broken promises', () => {
  const broken = tasks.flatMap(({ truth }) => truth.filter(({ alarm }) => alarm === true))
  expect(1 - measure.missedAlarms.length / broken.length, measure.missedAlarms.join('\n')).toBeGreaterThanOrEqual(0.95)
})
