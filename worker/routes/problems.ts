/**
 * The catalogue of refusals, for whoever follows the `type` of one (RFC 9457, section 3.1.1): as JSON
 * for programs, and a page for each code, Chinese first.
 */
import * as z from 'zod/mini'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { Refusal, type RefusalCode } from '../refusal.ts'
import { REFUSALS } from '../refusals.ts'

const Sentences = z.object({ title: z.string(), detail: z.string() })
const ProblemList = z.object({
  problems: z.array(z.object({ type: z.string(), code: z.string(), status: z.int(), zh: Sentences, en: Sentences })),
})
type Problem = z.infer<typeof ProblemList>['problems'][number]

/** They change with a deployment only. */
const FOR_A_WHILE = { 'Cache-Control': 'public, max-age=300' }

export const problemEndpoints: Endpoint[] = [
  endpoint(
    {
      method: 'get',
      path: '/api/problems',
      summary: '拒绝请求的代码及说明',
      roles: 'public',
      answer: { status: 200, schema: ProblemList },
      refusals: [],
    },
    async () => ({
      value: { problems: (Object.keys(REFUSALS) as RefusalCode[]).map(describe) },
      headers: FOR_A_WHILE,
    }),
  ),
  endpoint(
    {
      method: 'get',
      path: '/problems/:code',
      summary: '一项代码的说明页',
      roles: 'public',
      answer: { status: 200, mediaType: 'text/html' },
      refusals: ['not-found'],
    },
    async ({ params: { code = '' } }) => {
      if (!Object.hasOwn(REFUSALS, code)) throw new Refusal('not-found')
      return new Response(drawPage(describe(code as RefusalCode)), {
        headers: { 'Content-Type': 'text/html; charset=utf-8', ...FOR_A_WHILE },
      })
    },
  ),
]

function describe(code: RefusalCode): Problem {
  const { status, zh, en } = REFUSALS[code]
  const sentences = ([title, detail]: readonly [string, string]) => ({ title, detail })
  return { type: `/problems/${code}`, code, status, zh: sentences(zh), en: sentences(en) }
}

/** A page without style or script: the security policy of the Worker's answers allows neither. */
function drawPage({ code, status, zh, en }: Problem): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(zh.title)} · 民生台账</title>
</head>
<body>
<main>
<h1>${escapeHtml(zh.title)}</h1>
<p>${withoutParams(zh.detail)}</p>
<p>代码：<code>${escapeHtml(code)}</code>　HTTP 状态：${status}</p>
<section lang="en">
<h2>${escapeHtml(en.title)}</h2>
<p>${withoutParams(en.detail)}</p>
</section>
</main>
</body>
</html>
`
}

/** A request fills the {names} of a sentence; the page belongs to no request. */
function withoutParams(sentence: string): string {
  return escapeHtml(sentence.replace(/\{\w+\}/g, '……'))
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
