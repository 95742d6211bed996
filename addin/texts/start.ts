/** Texts of the first visit: the sample, who somebody is and what may be written, which sheet is which. */
import type { Text } from './text.ts'

export const START = {
  'home.group.todo': ['待办', 'To do'],
  'home.group.fill': ['填报', 'Fill in'],
  'home.group.send': ['报送', 'Submit'],
  'home.group.look': ['查看', 'Look up'],
  'home.group.master': ['汇总', 'Collect'],
  'home.group.plan': ['印发与调整', 'Issue and adjust'],
  'home.group.set': ['设置', 'Settings'],

  'start.what': [
    '县级民生实事任务分解表的校验、报送和汇总，直接在 Excel 表格中办理。',
    'Checks, submits and merges the task table of a county’s livelihood tasks, in the Excel sheet itself.',
  ],
  'start.whom': [
    '供承担任务的单位、县发展改革委和县政府督查机构使用。',
    'For the units that carry out tasks, the county development and reform commission and the supervision office.',
  ],
  'sample.button': ['打开示例表试用', 'Try it on a sample'],
  'sample.aboutExcel': [
    '手边没有任务分解表的，可以用示例表试用。示例表是在本工作簿中新增的一张工作表，不改动已有内容。',
    'No task table at hand? Try a sample. It is added to this workbook as a new sheet; nothing that is there changes.',
  ],
  'sample.aboutFile': [
    '手边没有任务分解表的，可以用示例表试用。示例表是一个新的工作簿，不改动已有文件。',
    'No task table at hand? Try a sample. It is a new workbook; no file of yours changes.',
  ],
  'sample.label': ['示例：', 'Sample:'],
  'sample.noteExcel': [
    '“{sheet}”中的县、单位和数字均为虚构，并有意留有几处问题，供了解校验功能；内容没有上传。不再需要时，可以直接删除该工作表。办理本单位任务，请填写县发展改革委发放的访问密钥。',
    'County, units and figures of “{sheet}” are invented, with a few mistakes put in on purpose; nothing was sent. Delete the sheet when you no longer need it. To work on your own tasks, enter the access key that the commission issued.',
  ],
  'sample.noteFile': [
    '“{sheet}”中的县、单位和数字均为虚构，并有意留有几处问题，供了解校验功能；内容没有上传。打开其他文件即可离开示例。办理本单位任务，请填写县发展改革委发放的访问密钥。',
    'County, units and figures of “{sheet}” are invented, with a few mistakes put in on purpose; nothing was sent. Open another file to leave it. To work on your own tasks, enter the access key that the commission issued.',
  ],
  'connect.label': ['下一步：', 'Next:'],
  'connect.about': [
    '校验在本机完成，内容没有上传。连接后可报送；访问密钥由县发展改革委发放。',
    'The check ran on this computer and nothing was sent. Once connected you can submit; the commission issues the access key.',
  ],
  'connect.button': ['填写访问密钥', 'Enter the access key'],

  'who.title': ['当前身份', 'Who is connected'],
  'who.role': ['（{role}）', ' ({role})'],
  'who.unit': ['责任单位', 'unit'],
  'who.commission': ['汇总单位', 'commission'],
  'who.supervision': ['督查机构', 'supervision office'],
  'who.admin': ['管理员', 'administrator'],
  'who.post': ['岗位', 'Post'],
  'who.noPost': ['未注明', 'not given'],
  'who.postDuty': ['{post}（{duty}）', '{post} ({duty})'],
  'who.handler': ['经办', 'handles'],
  'who.reviewer': ['审核', 'reviews'],
  'who.handlerSigns': ['经办，报送前须经本单位审核', 'handles; your reviewer releases what you submit'],
  'who.reviewerSigns': ['审核，本单位的报送由本岗位审核后报出', 'reviews and releases what your unit submits'],
  'who.expires': ['密钥有效期至', 'Key works until'],
  'who.plan': ['计划状态', 'Plan'],
  'who.collectingUnit': [
    '征集目标：可以填写并报送本单位牵头任务的各期目标。',
    'Collecting targets: you can fill in and submit the milestones of the tasks that you lead.',
  ],
  'who.collectingAll': [
    '征集目标：各单位正在填报，文字可以修改，印发后固定。',
    'Collecting targets: units are reporting; texts can change until the plan is issued.',
  ],
  'who.collecting': ['征集目标：各单位正在填报。', 'Collecting targets: units are reporting.'],
  'who.archived': ['已归档，只能查看和下载。', 'Archived: it can be viewed and downloaded only.'],
  'who.tasks': ['任务', 'Tasks'],
  'who.mine': ['牵头 {led} 项，配合 {supported} 项', 'lead {led}, support {supported}'],
  'who.all': ['共 {count} 项，{units} 个牵头单位', '{count} tasks, {units} lead units'],
  'who.open': ['待处理', 'Open'],
  'who.none': ['无', 'nothing'],
  'who.pending': ['待审核 {count} 项', '{count} to review'],
  'who.returned': ['已退回 {count} 项', '{count} sent back'],
  'who.conflicts': ['冲突 {count} 处', '{count} conflicts'],
  'who.wrong': ['校验问题 {count} 条', '{count} issues'],
  'who.unconfirmed': ['跨期待确认 {count} 项', '{count} with periods to confirm'],
  'busy.sample': ['正在打开示例表', 'Opening the sample'],
} as const satisfies Record<string, Text>
