/** Texts of 待发箱: submissions that wait for the network. */
import type { Text } from './text.ts'

export const OUTBOX = {
  'offline.label': ['离线：', 'Offline:'],
  'offline.about': [
    '未能连接服务器，显示的是 {at} 读取的内容。可以继续填写、校验，报送存入待发箱；恢复连接后自动更新。',
    'The server cannot be reached; this is what was read at {at}. You can go on filling in and checking; submissions go into the outbox. Everything is renewed once the connection is back.',
  ],
  'offline.connect': ['重新连接', 'Connect again'],
  'offline.over': ['已恢复连接，内容已更新。', 'The connection is back and everything is up to date.'],
  'key.expires': [
    '当前密钥有效期至 {date}，还有 {days} 天。请及时申领新密钥。',
    'This access key works until {date}, {days} more {days|day|days}. Ask for a new one in time.',
  ],
  'key.expiresToday': [
    '当前密钥今日（{date}）到期。请尽快申领新密钥。',
    'This access key ends today ({date}). Ask for a new one.',
  ],
  'key.rows': ['本密钥可办理的任务（序号）：{rows}。', 'This key covers the tasks numbered {rows}.'],
  'outbox.keptForNextKey': [
    '待发箱中的 {count} 件报送已保留，换用本单位新密钥连接并确认后继续报送。',
    'The {count} {count|submission in the outbox is|submissions in the outbox are} kept; sign in with a new key of your unit and confirm to send {count|it|them}.',
  ],
  'outbox.stranded': [
    '有 {count} 件报送是用本单位另一密钥存入的，未自动报送。核对内容后，可用当前密钥报送。',
    '{count} {count|submission was|submissions were} put in under another key of your unit and {count|is not sent by itself. Look at it, then send it|are not sent by themselves. Look at them, then send them} under this key.',
  ],
  'outbox.takeOver': ['用当前密钥报送', 'Send under this key'],
  'outbox.failure.offline': ['上次未送达：未能连接服务器。', 'Last attempt: the server could not be reached.'],
  'outbox.failure.unreadable': [
    '上次未送达：收到的不是台账服务器的答复（状态码 {status}），可能需要先登录单位网络。',
    'Last attempt: the answer was not the ledger’s (HTTP {status}). You may have to sign in to the network first.',
  ],
  'outbox.failure.later': ['上次未送达：{sentence}', 'Last attempt: {sentence}'],
  'outbox.title': ['待发箱', 'Outbox'],
  'outbox.about': [
    '网络中断时的报送存放在此，联网后自动报送，同一件不会重复计入。',
    'Submissions made while the network is away wait here and are sent once it is back; none counts twice.',
  ],
  'outbox.none': ['待发箱中没有报送。', 'The outbox is empty.'],
  'outbox.notLasting': [
    '本机浏览器不允许保存数据：待发的报送只在本窗口打开期间保留，关闭前请确认已送达。',
    'This browser keeps no data: what waits is lost when this window is closed. Make sure that it has arrived first.',
  ],
  'outbox.kept': [
    '已存入待发箱，联网后自动报送。可以关闭窗格，下次用同一单位的密钥打开时继续报送；此后的修改留在表格中，送达后再行报送。',
    'Put into the outbox; it is sent once the network is back. You may close the pane: it goes on at the next visit with a key of the same unit. Later edits stay in the sheet for the next submission.',
  ],
  'outbox.keptInMemory': [
    '已存入待发箱，联网后自动报送。本机浏览器不允许保存数据，送达之前请勿关闭本窗口。',
    'Put into the outbox; it is sent once the network is back. This browser keeps no data: do not close this window before it has arrived.',
  ],
  'outbox.waiting': [
    '待发箱中有 {count} 件报送尚未送达。',
    '{count} {count|submission in the outbox has|submissions in the outbox have} not arrived yet.',
  ],
  'outbox.ended': [
    '待发箱中有 {count} 件报送已有结果。',
    '{count} {count|submission in the outbox has|submissions in the outbox have} come to a result.',
  ],
  'outbox.open': ['查看待发箱', 'Open the outbox'],
  'outbox.sendNow': ['立即重试', 'Try again now'],
  'outbox.stillWaiting': [
    '仍有 {count} 件未能送达，将继续自动重试。',
    '{count} could still not be delivered; {count|it is tried again by itself|they are tried again by themselves}.',
  ],
  'outbox.earlier': [
    '本计划先前的报送尚未送达，暂不能预览。表格中的修改没有丢失，可以存入待发箱，排在其后依次报送。',
    'An earlier submission of this plan has not arrived yet, so no preview can be made. Your edits are in the sheet; you may put them into the outbox behind it.',
  ],
  'outbox.landed': [
    '待发的报送（工作表“{sheet}”）已送达，回执编号 {number}。',
    'The waiting submission of the sheet “{sheet}” has arrived. Receipt number {number}.',
  ],
  'outbox.refused': [
    '待发的报送（工作表“{sheet}”）未被受理：{refusal}',
    'The waiting submission of the sheet “{sheet}” was refused: {refusal}',
  ],
  'outbox.item': ['工作表“{sheet}”，{rows} 行', 'Sheet “{sheet}”, {rows} {rows|row|rows}'],
  'outbox.savedAt': ['存入时间：{at}', 'Put in at {at}'],
  'outbox.tries': ['已尝试 {count} 次', '{count} {count|attempt|attempts}'],
  'outbox.next': ['下次自动重试：{at}', 'Next attempt: {at}'],
  'outbox.state.waiting': ['待发', 'Waiting'],
  'outbox.state.sending': ['正在报送', 'Being sent'],
  'outbox.state.done': ['已送达', 'Arrived'],
  'outbox.state.refused': ['未受理', 'Refused'],
  'outbox.content': ['查看报送内容', 'What was submitted'],
  'outbox.return': ['退回编辑', 'Back to the sheet'],
  'outbox.returned': [
    '已回到工作表“{sheet}”，填写的内容仍在表中。请修改后重新预览报送。',
    'This is the sheet “{sheet}”; your entries are still in it. Mend them, then preview again.',
  ],
  'outbox.delete': ['删除', 'Delete'],
  'outbox.deleteAll': ['全部删除', 'Delete all'],
  'outbox.deleteConfirm': ['确认删除', 'Confirm deletion'],
  'outbox.deleteAbout': [
    '删除后不再报送，表格内容不变。先前发出的如已到达服务器，仍然有效，可在“报送记录”中核对。',
    'It is not sent any more; the sheet stays as it is. If an earlier attempt has reached the server, it stands: see “Submissions”.',
  ],
  'outbox.deleteDoneAbout': [
    '仅从待发箱中移除，报送已经生效，回执可在“报送记录”中查看。',
    'It only leaves the outbox; the submission stands, and its receipt is among the submissions.',
  ],
  'outbox.deleted': ['已从待发箱中删除。', 'Deleted from the outbox.'],
  'outbox.keepTitle': ['未能取得预览', 'No preview could be had'],
  'outbox.keepAbout': [
    '可以不经预览，将当前工作表存入待发箱，联网后自动报送。总表有内容而表格为空白的，不作清空；与他人修改冲突的，由县发展改革委决定。两者都在回执中列明。',
    'The sheet can go into the outbox as it stands, without a preview, and is sent once the network is back. Blank cells clear nothing in the master; what conflicts with others’ changes is decided by the commission. The receipt names both.',
  ],
  'outbox.keep': ['离线存入待发箱', 'Put into the outbox'],
  'outbox.needsPreview': [
    '本表有 {rows} 行首次报送，须与总表核对，不能不经预览报送。请联网后预览报送；填写的内容仍在表格中。',
    '{rows} {rows|row of this sheet is|rows of this sheet are} submitted for the first time and must be compared with the master. Preview {rows|it|them} once the network is back; your entries are in the sheet.',
  ],
} as const satisfies Record<string, Text>
