/**
 * Measures target arithmetic against hand-made truth: how many verdicts are right, which alarms are
 * false and which are missing.
 */
import { checkTargets, type TargetCheck } from '../../../domain/targets.ts'
import type { TaskTruth, Truth } from './targets-truth.ts'

export type TargetMeasure = {
  tasks: number
  verdicts: { right: number; of: number }
  /** Warnings and errors that nobody deserved. */
  falseAlarms: string[]
  missedAlarms: string[]
  wrongVerdicts: string[]
}

export function measureTargets(tasks: readonly TaskTruth[]): TargetMeasure {
  const measure: TargetMeasure = {
    tasks: tasks.length,
    verdicts: { right: 0, of: 0 },
    falseAlarms: [],
    missedAlarms: [],
    wrongVerdicts: [],
  }
  for (const task of tasks) addTask(measure, task)
  return measure
}

function addTask(measure: TargetMeasure, { truth, ...task }: TaskTruth): void {
  const checks = checkTargets(task)
  const taken = new Set<TargetCheck>()
  for (const expected of truth) {
    const check = checks.find((each) => !taken.has(each) && each.target.text === expected.text)
    if (check) taken.add(check)
    judge(measure, task.target, expected, check)
  }
  for (const check of checks.filter((each) => !taken.has(each) && isAlarm(each))) {
    measure.falseAlarms.push(`${task.target}: ${check.target.text}, not in the truth, but ${check.verdict}`)
  }
}

function judge(measure: TargetMeasure, target: string, expected: Truth, check: TargetCheck | undefined): void {
  const line = `${target} ${expected.text}: ${check ? `${check.verdict} (${check.severity})` : 'not found'}, expected ${expected.verdicts.join(' or ')}`
  measure.verdicts.of++
  if (check && expected.verdicts.includes(check.verdict)) measure.verdicts.right++
  else measure.wrongVerdicts.push(line)
  const alarm = check !== undefined && isAlarm(check)
  if (alarm && expected.alarm === false) measure.falseAlarms.push(line)
  if (!alarm && expected.alarm === true) measure.missedAlarms.push(line)
}

function isAlarm({ severity }: TargetCheck): boolean {
  return severity === 'warning' || severity === 'error'
}
