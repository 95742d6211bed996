/**
 * Starts the task pane in Excel; opened anywhere else, it points to the browser page.
 */
import { ExcelSheetHost } from '../excel/excel-sheet-host.ts'
import { detectOffice } from '../excel/office-environment.ts'
import { mount } from '../main.tsx'
import { markStarted, rootElement, showStop } from './started.ts'

const BROWSER_PAGE = '打开浏览器页面 (open the browser page)'

const office = await detectOffice()
switch (office.kind) {
  case 'excel':
    markStarted()
    mount(rootElement(), new ExcelSheetHost(), office)
    break
  case 'no-office':
    showStop(
      [
        {
          text: '此页面需在 Excel 中作为插件打开。没有 Excel 插件的电脑，可在浏览器页面中打开 .xlsx 文件核对、报送。',
          lang: 'zh-CN',
        },
        { text: 'This page is an Excel add-in. Without Excel, open your .xlsx file on the browser page.', lang: 'en' },
      ],
      BROWSER_PAGE,
    )
    break
  case 'too-old':
    showStop(
      [
        {
          text: '当前 Excel 版本过低。请升级到 Office 2021 或更新版本；也可以先在浏览器页面中打开文件核对、报送。',
          lang: 'zh-CN',
        },
        { text: 'This Excel is too old. Update to Office 2021 or later, or use the browser page.', lang: 'en' },
      ],
      BROWSER_PAGE,
    )
    break
}
