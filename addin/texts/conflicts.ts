/** Texts of deciding several conflicts, merged cells among them, and of what has been decided. */
import type { Text } from './text.ts'

export const CONFLICTS = {
  'conflicts.fixed': [
    '计划已印发，文字已经固定，余下的冲突只能保留总表现文。',
    'The plan is issued and its texts are fixed: what is still open can only keep the master.',
  ],
  'conflicts.select': ['选择此项', 'Select'],
  'conflicts.selectAll': ['全选由我处理的冲突', 'Select all that are mine to decide'],
  'conflicts.selected': ['已选 {count} 项。', '{count} selected.'],
  'conflicts.reasonForAll': ['共同的理由（可不填）', 'Reason for all of them (optional)'],
  'conflicts.takeHeadAll': ['全部采用总表现文', 'Keep the master in all'],
  'conflicts.takeHeadAllAbout': [
    '所选 {count} 项均保留总表现文，决定后不能撤回，各方文本留存备查。',
    'The master’s text stays in all {count}. This cannot be taken back; every text is kept on record.',
  ],
  'conflicts.takeSubmittedAll': ['全部采用报送文本', 'Take the submitted in all'],
  'conflicts.takeSubmittedAllAbout': [
    '所选 {count} 项均改为报送文本，决定后不能撤回，各方文本留存备查。',
    'The submitted text replaces the master’s in all {count}. This cannot be taken back; every text is kept on record.',
  ],
  'conflicts.confirmAll': ['确认决定', 'Confirm'],
  'conflicts.allResolved': [
    '所选 {count} 项均已决定，总表已更新。',
    '{count} {count|is|are} decided; the master is up to date.',
  ],
  'conflicts.someRefused': [
    '已决定 {count} 项；另有 {failed} 项未能办理，原因列在各项之下。',
    '{count} {count|is|are} decided; {failed} could not be, for the {failed|reason shown with it|reasons shown with them}.',
  ],
  'conflicts.apart': ['总表与报送文本相比：', 'Master against submitted: '],
  'conflicts.refused': ['未能办理：', 'Not decided: '],
  'conflicts.headThen': ['当时的总表文本（{by}）', 'In the master then ({by})'],
  'conflicts.editedCells': ['改定各期内容', 'Final text of each period'],
  'conflicts.fromHead': ['以总表现文为底稿', 'Start from the master'],
  'conflicts.fromSubmitted': ['以报送文本为底稿', 'Start from the submitted'],
  'conflicts.mergedTo': ['自 {from} 合并至', 'From {from}, merged up to'],
  'conflicts.mergeHint': [
    '合并时，被合并各期的文字逐行并入；拆开时，拆出的各期为空白，本期无任务的请填“——”。',
    'Merging takes the texts of the merged periods in, a line each. Splitting leaves blank periods: enter “——” where there is no work.',
  ],
  'conflicts.keepDeleted': ['维持撤销', 'Leave it deleted'],
  'conflicts.restore': ['恢复该任务并采用报送文本', 'Bring it back as submitted'],
  'conflicts.restoreEdited': ['恢复该任务并改定', 'Bring it back with another text'],
  'conflicts.wantsDeleted': ['报送删除该任务', 'Deletes this task'],
  'conflicts.decided': ['已决定的冲突（{count}）', 'Decided ({count})'],
  'conflicts.choice.head': ['保留总表文本。', 'Kept the master.'],
  'conflicts.choice.submitted': ['采用报送文本。', 'Took the submitted text.'],
  'conflicts.choice.edited': ['另行改定。', 'Another text was written.'],
  'conflicts.decidedBy': ['{by}决定，{at}。', 'Decided by {by}, {at}. '],
  'conflicts.because': ['理由：{reason}', 'Reason: {reason}'],
} as const satisfies Record<string, Text>
