/** Texts of sign-off: what a 经办 key sent and a 审核 key of the unit releases or returns. */
import type { Text } from './text.ts'

export const DRAFTS = {
  'busy.drafts': ['正在读取待审核的报送', 'Reading what waits for review'],
  'busy.release': ['正在报送', 'Submitting'],
  'busy.returnDraft': ['正在退回', 'Returning'],

  'busy.signOff': ['正在更改报送审核设置', 'Changing the review setting'],

  'duty.reviewer': ['审核（可直接报送）', 'Reviewer (submits directly)'],
  'duty.handler': ['经办（计划要求审核时，先送审核岗）', 'Handler (goes to the reviewer where the plan asks for it)'],
  'signOff.title': ['报送审核', 'Review within the unit'],
  'signOff.isOff': ['目前：单位报送后直接进入总表。', 'Now: what a unit submits goes straight into the master table.'],
  'signOff.isOn': [
    '目前：经办岗的报送须经本单位审核岗审核后，方进入总表。',
    'Now: what a handler submits waits for a reviewer of the unit.',
  ],
  'signOff.turnOn': ['改为须经审核', 'Ask for review'],
  'signOff.onAbout': [
    '此后，经办岗密钥的报送先由本单位审核岗审核；审核岗密钥仍可直接报送。请确认各单位均有审核岗密钥。',
    'From now on what a handler key submits waits for a reviewer of the unit; reviewer keys submit directly. Make sure that every unit has a reviewer key.',
  ],
  'signOff.turnOff': ['改为直接报送', 'Ask for no review'],
  'signOff.offAbout': [
    '此后，经办岗密钥也可直接报送；已经送审的，仍由本单位审核岗办理。',
    'From now on handler keys submit directly too; what already waits is still decided by a reviewer of the unit.',
  ],
  'signOff.confirm': ['确认更改', 'Change it'],
  'signOff.changed': ['报送审核设置已更改。', 'The review setting was changed.'],

  'drafts.button': ['待本单位审核', 'For your unit to review'],
  'drafts.aboutReviewer': [
    '{count} 件待审核。逐件核对后报送县里，或退回经办岗。',
    '{count} to review. Check each, then submit it to the county or return it.',
  ],
  'drafts.aboutHandler': [
    '{count} 件待本单位审核岗审核，查看办理情况。',
    '{count} {count|waits|wait} for a reviewer of your unit; see how {count|it stands|they stand}.',
  ],
  'drafts.title': ['待本单位审核', 'For your unit to review'],
  'drafts.none': ['没有待审核的报送。', 'Nothing waits for review.'],
  'drafts.count': ['共 {count} 件待审核，最近的在前。', '{count} to review, newest first.'],
  'drafts.waiting': [
    '{units} 个单位有报送待本单位审核，尚未报送县里',
    '{units} {units|unit has|units have} submissions that wait for {units|its|their} own review',
  ],
  'drafts.waitingUnit': ['{unit}：{count} 件，最早 {since}', '{unit}: {count}, the oldest {since}'],
  'drafts.recordTitle': ['送审记录', 'Sent for review'],
  'drafts.open': ['查看内容', 'Open'],
  'drafts.item': ['{post}送审，{at}', 'Sent by {post}, {at}'],
  'draft.state.open': ['待审核', 'To be reviewed'],
  'draft.state.released': ['已报送', 'Submitted'],
  'draft.state.returned': ['已退回', 'Returned'],
  'draft.state.superseded': ['已由后一次送审取代', 'Replaced by a later one'],
  'draft.reason': ['退回理由：{reason}', 'Reason: {reason}'],
  'draft.decidedAt': ['办理时间：{at}', 'Decided: {at}'],

  'draft.title': ['送审内容', 'What was sent for review'],
  'draft.back': ['返回列表', 'Back to the list'],
  'draft.sentBy': ['送审岗位', 'Sent by'],
  'draft.sentAt': ['送审时间', 'Sent at'],
  'draft.state': ['办理情况', 'State'],
  'draft.preview': [
    '以下为此时报送将产生的结果，以总表现文计算。',
    'What submitting it now would do, against the master as it stands.',
  ],
  'draft.given': ['以下为送审时的结果。', 'What it would have done when it was sent.'],
  'draft.done': ['以下为报送的结果。', 'What submitting it did.'],
  'draft.refused': ['目前不能报送：{detail}', 'It cannot be submitted now: {detail}'],
  'draft.unchanged': ['另有 {rows} 行没有变化。', '{rows} more {rows|row is|rows are} unchanged.'],
  'draft.nothing': ['与总表一致，没有变化。', 'Same as the master table; nothing would change.'],
  'draft.release': ['审核通过并报送', 'Release and submit'],
  'draft.releaseAbout': [
    '报送后即进入总表并取得回执，以本单位名义生效。',
    'It goes into the master table in the name of your unit, with a receipt.',
  ],
  'draft.releaseConfirm': ['确认报送', 'Submit now'],
  'draft.return': ['退回经办岗', 'Return to the handler'],
  'draft.returnAbout': [
    '填写理由后退回。经办人员可在其“报送记录”中看到，表格中的内容不受影响。',
    'Give a reason. The handler sees it under “Submissions”; the sheet keeps its content.',
  ],
  'draft.returnReason': ['退回理由', 'Reason'],
  'draft.forReviewer': [
    '待本单位审核岗核对后报送县里。',
    'A reviewer of your unit checks it and submits it to the county.',
  ],
  'drafts.released': ['已报送，回执编号 {number}。', 'Submitted. Receipt number {number}.'],
  'drafts.returned': ['已退回经办岗。', 'Returned to the handler.'],

  'draft.submitAbout': [
    '本计划要求审核：确认后先送本单位审核岗，审核通过后报送县里。',
    'This plan asks for review: it goes to a reviewer of your unit first, who submits it to the county.',
  ],
  'draft.submitConfirm': ['确认送审', 'Send for review'],
  'draft.sent': [
    '已送本单位审核岗，尚未报送县里。',
    'Sent to a reviewer of your unit; not yet submitted to the county.',
  ],
  'draft.sentTitle': ['送审结果', 'Sent for review'],
  'draft.sentAbout': [
    '办理情况见“报送记录”。审核期间可以继续修改表格；再次送审的内容包含本次全部修改的，取代本次。',
    'See “Submissions” for how it goes on. You may go on editing; what you send later replaces this where it holds all of it.',
  ],
  'draft.arrived': ['已送达。', 'It has arrived.'],
  'draft.landed': [
    '待发的报送（工作表“{sheet}”）已送本单位审核岗，尚未报送县里。',
    'What waited (sheet “{sheet}”) is with a reviewer of your unit; not yet submitted to the county.',
  ],
} as const satisfies Record<string, Text>
