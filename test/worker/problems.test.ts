/** What a refusal's `type` leads to: the catalogue for programs, a page for people. */
import { expect, test } from 'vitest'
import { REFUSALS } from '../../worker/refusals.ts'
import { call, codeOf, send } from './county.ts'

test('every code of the catalogue is listed with its status and its sentences, for nobody in particular', async () => {
  const { status, json } = await call('/api/problems')
  expect(status).toBe(200)
  const { problems } = json as { problems: { code: string; type: string; status: number; zh: { title: string } }[] }
  expect(problems.map(({ code }) => code)).toEqual(Object.keys(REFUSALS))
  expect(problems.find(({ code }) => code === 'plan-not-found')).toEqual({
    type: '/problems/plan-not-found',
    code: 'plan-not-found',
    status: 404,
    zh: { title: '没有此计划', detail: '没有编号为 {plan} 的计划，或当前密钥无权查看。' },
    en: { title: 'No such plan', detail: 'There is no plan {plan} that this key may see.' },
  })
})

test('the type of every refusal answers with a page, Chinese first, that runs nothing', async () => {
  for (const [code, { zh, en }] of Object.entries(REFUSALS)) {
    const response = await send(`/problems/${code}`)
    expect(response.status, code).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const page = await response.text()
    expect(page).toContain('<html lang="zh-CN">')
    expect(page.indexOf(zh[0])).toBeGreaterThan(0)
    expect(page.indexOf(`<h2>${en[0].replaceAll("'", '&#39;')}</h2>`)).toBeGreaterThan(page.indexOf(zh[0]))
    expect(page).not.toMatch(/<script|<style|\{\w+\}/)
  }
})

test.each(['nothing', 'constructor', '__proto__', '%3Cscript%3E', '%00', 'x'.repeat(10_000)])(
  'there is no page for the code %.20s',
  async (code) => {
    const reply = await call(`/problems/${code}`)
    expect([reply.status, codeOf(reply)]).toEqual([404, 'not-found'])
  },
)

test('a refusal names the page that explains it', async () => {
  const { type } = (await call('/api/me')).json as { type: string }
  expect(type).toBe('/problems/key-missing')
  expect((await send(type)).status).toBe(200)
})
