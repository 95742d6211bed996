/**
 * Official formulas: words that many tasks rightly share (完成竣工验收并投入使用). What a text says beyond
 * them is its own.
 */

const FORMULA_WORDS =
  '完成 全部 全面 基本 项目 工程 前期 工作 启动 招投标 招标 投标 采购 政府采购 施工 开工 建设 主体 竣工 验收 投入 使用 投用 运行 试运行 进行 开展 室内 室外 装修 装饰 附属 配套 设施 设备 安装 调试 进度 形象进度 工程量 总工程量 方案 设计 施工图 初步设计 编制 可研 可行性研究报告 报告 立项 审批 批复 手续 备案 图审 审查 预算 评审 评估 造价 确定 单位 中标 合同 签订 进场 序时 推进 有序 持续 按计划 计划 年度 目标 任务 全年 总结 召开 会议 制定 印发 实施 组织 落实 资金 拨付 结算 决算 审计 移交 交付 整改 检查 督查 调研 摸底 排查 选址 勘察 测绘 用地 征地 拆迁 土地 规划 基础 封顶 砌体 改造 新建 改建 扩建 提升 加快 做好 确保 力争 按时 如期 保质保量 各项 相关 有关 准备 情况 阶段 下一步 年底 月底 底前 以前 之前 同步 并 和 及 等 的 或 后 前 月 日 年 底 第 季度 上半年 下半年 达到 实现 累计 占 总 量 为 对 将 已'
    .split(' ')
    .sort((a, b) => b.length - a.length)

const FORMULA = new RegExp(FORMULA_WORDS.join('|'), 'g')

/** How many Chinese characters a text has beside formulas, figures and marks. */
export function countOwnWords(text: string): number {
  return text.replace(FORMULA, '').match(/\p{Script=Han}/gu)?.length ?? 0
}
