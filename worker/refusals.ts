/**
 * Every way a request can be turned down, once. A code is stable and part of the API; its sentences
 * stand here, Chinese first, English beside.
 */
type Entry = { status: number; zh: [title: string, detail: string]; en: [title: string, detail: string] }

/** {name} in a sentence is filled from the refusal's params. */
export const REFUSALS = {
  malformed: {
    status: 400,
    zh: ['请求内容无法读取', '请求内容不是有效的 JSON（UTF-8），未作任何处理。'],
    en: ['Unreadable request', 'The request body is not valid JSON in UTF-8. Nothing was done.'],
  },
  'idempotency-key-missing': {
    status: 400,
    zh: ['缺少报送编号', '请求头应带有 Idempotency-Key（1 至 100 个可见 ASCII 字符），以防重复报送。'],
    en: ['Idempotency-Key missing', 'Send an Idempotency-Key header of 1 to 100 visible ASCII characters.'],
  },
  'key-missing': {
    status: 401,
    zh: ['未提供密钥', '请先填写本单位密钥。'],
    en: ['No key', 'Send the access key as a bearer token.'],
  },
  'key-malformed': {
    status: 401,
    zh: ['密钥有误', '密钥不完整或有错字，请重新复制粘贴。'],
    en: ['Malformed key', 'The key is incomplete or mistyped. Copy and paste it again.'],
  },
  'key-unknown': {
    status: 401,
    zh: ['密钥无效', '密钥无效，请向县发展改革委核实。'],
    en: ['Unknown key', 'This key is not known here.'],
  },
  'key-revoked': {
    status: 401,
    zh: ['密钥已停用', '密钥已停用，请向县发展改革委申领新密钥。'],
    en: ['Revoked key', 'This key has been revoked. Ask for a new one.'],
  },
  'key-expired': {
    status: 401,
    zh: ['密钥已过期', '密钥有效期已过，请向县发展改革委申领新密钥。'],
    en: ['Expired key', 'This key has expired. Ask for a new one.'],
  },
  'role-not-allowed': {
    status: 403,
    zh: ['无此权限', '当前密钥无权办理此事项。'],
    en: ['Not allowed', 'This key may not do that.'],
  },
  'duty-not-allowed': {
    status: 403,
    zh: ['须由审核岗办理', '此事项须使用本单位审核岗密钥办理。'],
    en: ['Reviewer only', 'Only a reviewer key of the unit may do that.'],
  },
  'county-not-yours': {
    status: 403,
    zh: [
      '非本县事项',
      '当前密钥只能办理{own}事项，所提交的计划属于{county}。请打开本县的任务分解表，或改正县（区）名称。',
    ],
    en: [
      'Another county',
      'This key acts for {own} only, and the plan is of {county}. Open the table of your county, or correct its name.',
    ],
  },
  'delete-not-allowed': {
    status: 403,
    zh: ['不能删除任务', '任务的增减由县发展改革委办理；如需删除，请与其联系。'],
    en: ['Rows cannot be deleted', 'Only the commission adds and deletes tasks.'],
  },
  'conflict-not-yours': {
    status: 403,
    zh: ['此冲突不由本单位处理', '本单位内部的不一致由本单位处理，单位之间的不一致由县发展改革委处理。'],
    en: ['Not yours to decide', 'A clash inside a unit is decided by that unit, one between units by the commission.'],
  },
  'not-found': {
    status: 404,
    zh: ['没有此地址', '所请求的地址不存在。'],
    en: ['No such address', 'There is nothing at this address.'],
  },
  'plan-not-found': {
    status: 404,
    zh: ['没有此计划', '没有编号为 {plan} 的计划，或当前密钥无权查看。'],
    en: ['No such plan', 'There is no plan {plan} that this key may see.'],
  },
  'row-not-found': {
    status: 404,
    zh: ['没有此任务', '计划中没有此任务，或当前密钥无权查看。'],
    en: ['No such row', 'The plan has no such row that this key may see.'],
  },
  'submission-not-found': {
    status: 404,
    zh: ['没有此报送', '没有此次报送，或当前密钥无权查看。'],
    en: ['No such submission', 'There is no such submission that this key may see.'],
  },
  'conflict-not-found': {
    status: 404,
    zh: ['没有此冲突', '没有此项冲突，或当前密钥无权查看。'],
    en: ['No such conflict', 'There is no such conflict that this key may see.'],
  },
  'key-not-found': {
    status: 404,
    zh: ['没有此密钥', '没有此密钥，或当前密钥无权管理。'],
    en: ['No such key', 'There is no such key that this key may manage.'],
  },
  'draft-not-found': {
    status: 404,
    zh: ['没有此待审报送', '没有此次待审报送，或当前密钥无权查看。'],
    en: ['No such draft', 'There is no such draft that this key may see.'],
  },
  'unit-not-found': {
    status: 404,
    zh: ['没有此单位', '单位名录中没有“{unit}”。'],
    en: ['No such unit', 'The registry has no unit {unit}.'],
  },
  'method-not-allowed': {
    status: 405,
    zh: ['不支持此操作', '此地址不支持这种请求方式。'],
    en: ['Method not allowed', 'This address does not answer that method.'],
  },
  'plan-exists': {
    status: 409,
    zh: ['计划已存在', '编号为 {plan} 的计划已存在，未作更改。'],
    en: ['Plan exists', 'There is already a plan {plan}. Nothing was changed.'],
  },
  'unit-id-taken': {
    status: 409,
    zh: ['单位编号重复', '单位编号 {unit} 在本县名录中已属于另一单位。'],
    en: ['Unit id taken', 'The id {unit} belongs to another unit of this county.'],
  },
  'plan-not-collecting': {
    status: 409,
    zh: ['计划已印发', '计划不在征集阶段，文本已经固定，不能再修改。'],
    en: ['Plan not collecting', 'The plan is no longer collecting; its texts are fixed.'],
  },
  'plan-not-issued': {
    status: 409,
    zh: ['计划尚未印发', '计划尚在征集阶段，可直接修改文本；任务调整、勘误和归档均在印发后办理。'],
    en: [
      'Plan not issued',
      'The plan is still collecting: edit its texts directly. Adjustments, errata and archiving come after it is issued.',
    ],
  },
  'plan-archived': {
    status: 409,
    zh: ['计划已归档', '计划已归档，不能再作更改。'],
    en: ['Plan archived', 'The plan is archived and no longer changes.'],
  },
  'period-closed': {
    status: 409,
    zh: ['期次早于调整起始期', '任务调整自 {period} 期起生效，此前各期的文本应予保留。'],
    en: ['Period before the adjustment', 'The adjustment takes effect from {period}; earlier periods keep their text.'],
  },
  'key-not-active': {
    status: 409,
    zh: ['密钥已失效', '此密钥已停用、已过期或已更换，不能再更换；请另行发放。'],
    en: ['Key not active', 'This key no longer works and cannot be replaced. Issue another.'],
  },
  'last-admin-key': {
    status: 409,
    zh: ['最后一把管理员密钥', '这是最后一把有效的管理员密钥，停用后将无人能够管理系统。请先发放另一把，或直接更换。'],
    en: ['Last admin key', 'This is the last working admin key. Issue another first, or replace this one.'],
  },
  'draft-decided': {
    status: 409,
    zh: ['已办理', '此次待审报送已经办理过。'],
    en: ['Already decided', 'This draft has been decided.'],
  },
  'text-still-shown': {
    status: 409,
    zh: ['文本仍在使用', '现行台账中仍有 {count} 处使用此文本，请先修改相应单元格，再办理清除。'],
    en: ['Text still shown', 'The text still stands in {count} cells. Change them first.'],
  },
  'texts-frozen': {
    status: 409,
    zh: ['文本已固定', '计划已印发，只能确认各格对应的期次，不能改动文字。'],
    en: ['Texts are fixed', 'The plan is issued: periods can be confirmed, texts cannot change.'],
  },
  'base-unknown': {
    status: 409,
    zh: ['表格版本不明', '所依据的版本在系统中不存在，请先下载最新任务，对照后再报送。'],
    en: ['Unknown base version', 'The version these rows were based on is not known. Pull the rows first.'],
  },
  'row-changed': {
    status: 409,
    zh: ['任务已有更新', '此任务已有更新（现为版本 {ver}），请刷新后再处理。'],
    en: ['Row has changed', 'The row has changed since (now version {ver}). Read it again.'],
  },
  'row-id-deleted': {
    status: 409,
    zh: ['任务已被删除', '所提交的新任务使用了已删除任务的标识，请另起一行填写。'],
    en: ['Id of a deleted row', 'A new row carries the id of a deleted one. Use a new row.'],
  },
  'conflict-resolved': {
    status: 409,
    zh: ['冲突已处理', '此项冲突已经处理过。'],
    en: ['Already resolved', 'This conflict has been resolved.'],
  },
  'conflict-outdated': {
    status: 409,
    zh: ['合并格已有变化', '此处的合并单元格已有变化，原报送文本无法直接采用，请另行填写各格内容。'],
    en: ['Cells have changed shape', 'The merged cells here have changed. Give the new cells and spans instead.'],
  },
  'body-too-large': {
    status: 413,
    zh: ['内容过大', '单次报送不能超过 {megabytes} MB，请分次报送。'],
    en: ['Too large', 'A request may have at most {megabytes} MB. Send it in parts.'],
  },
  'changes-too-large': {
    status: 413,
    zh: ['改动过多', '单次报送的改动过多，请分次报送。未作任何更改。'],
    en: ['Too many changes', 'Too many changes for one request. Send them in parts. Nothing was changed.'],
  },
  'content-type-unsupported': {
    status: 415,
    zh: ['内容类型不支持', '请求内容应为 application/json。'],
    en: ['Unsupported content type', 'Send application/json.'],
  },
  invalid: {
    status: 422,
    zh: ['内容不符合要求', '所提交的内容有不符合要求之处，详见各项说明。'],
    en: ['Invalid content', 'The content does not fit; see the pointers.'],
  },
  'illegal-character': {
    status: 422,
    zh: ['含有非法字符', '文本中有无法保存的控制字符、残缺字符，或会使文字显示顺序与原文不符的字符，请删除后再报送。'],
    en: [
      'Illegal character',
      'A text contains a control character, half a character, or one that reorders what is shown. Remove it.',
    ],
  },
  'access-key-in-text': {
    status: 422,
    zh: [
      '文本中有访问密钥',
      '所提交的文字中有访问密钥，未予受理，也未留存该密钥。请将其删去；可能已被他人看到的，请更换密钥。',
    ],
    en: [
      'Access key in a text',
      'A text holds an access key. Nothing was taken in, and the key was not kept. Delete it, and have it replaced if others may have seen it.',
    ],
  },
  'formula-like-text': {
    status: 422,
    zh: ['文本可能被当作公式', '有文本以 =、+、-、@ 等符号开头，可能被当作公式执行，请修改。'],
    en: ['Text that could run as a formula', 'A text begins with a character that could make it a formula.'],
  },
  'idempotency-key-reused': {
    status: 422,
    zh: ['报送编号重复使用', '同一 Idempotency-Key 已用于另一份内容。'],
    en: ['Idempotency-Key reused', 'This Idempotency-Key was used for another body.'],
  },
  'duplicate-row-id': {
    status: 422,
    zh: ['任务标识重复', '有 {count} 个任务标识出现不止一次（多因复制整行所致），请在校验页处理后再报送。'],
    en: ['Duplicate row ids', '{count} row ids occur more than once, usually from copying rows.'],
  },
  'lead-missing': {
    status: 422,
    zh: ['缺少牵头单位', '每项任务至少应有一个牵头单位。'],
    en: ['No lead unit', 'Every row needs at least one lead unit.'],
  },
  'unit-in-use': {
    status: 422,
    zh: ['单位信息不能这样修改', '单位 {unit} 的修改与现有名录或任务关系不符，详见各项说明。'],
    en: ['Unit cannot change so', 'The change of {unit} does not fit the registry or the relations.'],
  },
  'too-many-requests': {
    status: 429,
    zh: ['请求过于频繁', '请求过于频繁，请稍后再试。未作任何更改。'],
    en: ['Too many requests', 'Too many requests. Try again later. Nothing was changed.'],
  },
  'key-locked': {
    status: 429,
    zh: ['密钥输入错误次数过多', '密钥输入错误次数过多，请在 {minutes} 分钟后再试。'],
    en: ['Too many wrong keys', 'Too many wrong keys from here. Try again in {minutes} minutes.'],
  },
  'row-identity-suspect': {
    status: 422,
    zh: ['任务标识疑似错位', '有 {count} 行的任务文字与其标识不符、却与另一任务相同，疑似错位，请核对后再报送。'],
    en: ['Row ids look shifted', '{count} rows carry the task text of another row. Check the rows first.'],
  },
  busy: {
    status: 503,
    zh: ['系统繁忙', '同时报送的单位较多，请稍后再试。未作任何更改。'],
    en: ['Busy', 'Too many units are writing the same rows. Try again soon. Nothing was changed.'],
  },
  'store-outdated': {
    status: 503,
    zh: [
      '数据库结构未更新',
      '数据库结构与程序版本不符，缺少的迁移：{missing}。请管理员执行数据库迁移（npx wrangler d1 migrations apply DB --remote）。',
    ],
    en: [
      'Database not migrated',
      'The database is older than this version. Missing migrations: {missing}. The administrator must apply them (npx wrangler d1 migrations apply DB --remote).',
    ],
  },
  internal: {
    status: 500,
    zh: ['系统出错', '系统出现错误，请将请求编号告知管理员。'],
    en: ['Internal error', 'Something went wrong here. Tell the administrator the request id.'],
  },
} as const satisfies Record<string, Entry>
