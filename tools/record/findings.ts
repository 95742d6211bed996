/** Says what a verification found: Chinese first, English beside it. */
import type { Finding, FindingKind, Verification } from '../../worker/record/verify.ts'

const TABLES: Record<string, string> = {
  submission_chunk: '报送原文（续）',
  submission: '报送',
  draft_chunk: '待审报送原文',
  draft: '待审报送',
  draft_decision: '待审报送的办理',
  row_event: '变更记录',
  conflict: '冲突',
  conflict_resolution: '冲突处理',
  annotation: '情况说明',
  plan_change: '任务调整',
  erasure: '清除记录',
  auth_event: '操作记录',
  row_unit: '牵头与配合关系',
  'row_unit.ended': '牵头与配合关系的终止',
  commit_log: '提交记录',
  row_state: '台账现文',
}

const WORDS: Record<FindingKind, [zh: string, en: string]> = {
  'seal-missing': ['封存编号不连续，有封存记录缺失', 'the numbers of the seals have a gap'],
  'seal-format': [
    '封存格式无法识别，请使用更新版本的程序核验',
    'this seal has a format that this version does not know',
  ],
  'chain-broken': ['与上一号封存的校验值不衔接', 'it does not hold the hash of the seal before it'],
  'seal-changed': ['封存记录本身被改动', 'the seal itself was changed'],
  'content-changed': ['封存明细被改动', 'the list of what it covers was changed'],
  'marks-changed': ['封存范围与明细不符', 'its marks do not fit the list of what it covers'],
  'printed-differs': ['与留存的封存校验值不同', 'its hash is not the one that was kept'],
  'printed-missing': ['留存的封存记录已不在系统中', 'the seal that was kept is not here any more'],
  'line-changed': ['内容被改动', 'the line was changed'],
  'lines-swapped': ['两条记录的位置被对调', 'two lines changed places'],
  'line-missing': ['记录缺失', 'the line is missing'],
  'line-added': ['封存之后被插入', 'the line was added after the sealing'],
  'erasure-differs': ['内容与清除记录不符', 'the line is not what its erasure says'],
  'body-differs': ['原文与收到时的校验值不符', 'the body is not what arrived'],
  'row-differs': ['现文与变更记录推算的结果不符', 'the row is not what its events say'],
}

/** One finding as two lines, the second in English. */
export function describeFinding({ kind, seal, table, line, other }: Finding): string {
  const [zh, en] = WORDS[kind]
  const where = [
    seal === undefined ? '' : `第 ${seal} 号封存`,
    table === undefined ? '' : `${TABLES[table] ?? table}（${table}）`,
    line === undefined ? '' : `第 ${line} 条`,
    other === undefined ? '' : `与第 ${other} 条`,
  ].filter(Boolean)
  const place = [
    seal === undefined ? '' : `seal ${seal}`,
    table ?? '',
    line === undefined ? '' : `line ${line}`,
    other ?? '',
  ]
  return `${where.join('，')}：${zh}\n  ${place.filter(Boolean).join(', ')}: ${en}`
}

/** The whole outcome, as the command prints it. */
export function describeVerification(found: Verification): string {
  const { seals, lines, last, unsealed, erased, pruned, findings } = found
  const open = Object.values(unsealed).reduce((sum, count) => sum + count, 0)
  const report = [
    `封存 ${seals} 号，记录 ${lines} 条，核验一致。 ${seals} seals over ${lines} lines hold.`,
    last
      ? `最后一致的封存：第 ${last.n} 号　${last.at}　校验值 ${last.hash}\n  The last seal that holds, with its time and hash.`
      : '尚无封存记录。 No seal yet.',
  ]
  if (erased > 0)
    report.push(`其中 ${erased} 条有清除个人信息的记录。 A text was blacked out in ${erased} lines, as recorded.`)
  if (pruned > 0)
    report.push(`${pruned} 条早期的密钥拒绝记录已按规定删除。 ${pruned} old refused keys were pruned, as recorded.`)
  if (open > 0) {
    const tables = Object.entries(unsealed).map(([table, count]) => `${TABLES[table] ?? table} ${count}`)
    report.push(`尚未封存 ${open} 条：${tables.join('、')}。 ${open} lines are not sealed yet.`)
  }
  const [first, ...more] = findings
  if (first) {
    report.push('', `首处不一致  The first broken link:\n${describeFinding(first)}`)
    if (more.length > 0) report.push(`同处另有 ${more.length} 项  ${more.length} more in the same place:`)
    report.push(...more.slice(0, 20).map(describeFinding))
  } else report.push('', '核验通过。 Everything holds.')
  return report.join('\n')
}
