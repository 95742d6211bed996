/** Short ways to write a task and to read what target arithmetic says of it. */
import { checkTargets, type TargetAnswer, type TargetTask } from '../../domain/targets.ts'
import { spoilt } from './checks-support.ts'

/** Milestones one a period, in order; `null` for a period that the cell before it spans. */
export function taskOf(target: string, ...texts: (string | null)[]): TargetTask {
  const milestones: TargetTask['milestones'] = []
  for (const [at, text] of texts.entries()) {
    if (text === null) milestones.at(-1)?.periods.push(`P${at + 1}`)
    else milestones.push({ periods: [`P${at + 1}`], text })
  }
  return { target, milestones }
}

/** For each quantity of the target 'figure verdict severity'. */
export function verdictsOf(task: TargetTask, answers?: readonly TargetAnswer[]): string[] {
  return checkTargets(task, answers).map(({ target, verdict, severity }) => `${target.text} ${verdict} ${severity}`)
}

/** The clean table of the rules' tests with another task and milestones in its first row. */
export function rowOf(task: string, ...texts: [string, string, string, string]) {
  return spoilt({
    task,
    'milestone.P1': texts[0],
    'milestone.P2': texts[1],
    'milestone.P3': texts[2],
    'milestone.P4': texts[3],
  })
}

/** Rows that between them break every code of target arithmetic. */
export const BROKEN_TARGETS = [
  rowOf('新增学位300个。', '新增学位100个。', '新增学位50个。', '新增学位50个。', '新增学位50个。'),
  rowOf('新增学位300个。', '新增学位200个。', '新增学位50个。', '——', '新增学位100个。'),
  rowOf('新增学位300个。', '累计新增学位100个。', '累计新增学位50个。', '——', '累计新增学位300个。'),
  rowOf('入园率达到95%以上。', '入园率达到94%。', '入园率达到92%。', '——', '入园率达到95%。'),
  rowOf('改造小区7个。', '累计完成工程量的50%。', '累计完成工程量的30%。', '——', '全面完工。'),
  rowOf('新增学位300个。', '完成选址。', '——', '——', '全年新增学位200个。'),
  rowOf('新增学位300个，入园率达到95%。', '新增学位300个。', '——', '——', '——'),
  rowOf('新增学位300个。', '学校完成选址。', '——', '——', '学校做好开学准备。'),
  rowOf('新建市级特色专科2个。', '新建县级重点专科3个。', '——', '——', '——'),
  rowOf('新增学位300个。', '新增学位100个。', '新增学位200个。', '——', '新增学位300个。'),
  rowOf('改造老旧小区7个。', '改造老旧小区300户。', '——', '——', '——'),
  rowOf('建成3座公园：东湖公园、西山公园。', '序时推进。', '——', '——', '——'),
]
