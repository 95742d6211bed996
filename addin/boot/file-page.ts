/**
 * Starts the browser page: the same screens over an .xlsx file, for WPS users, machines without the
 * add-in and networks that block office.js.
 */
import { FileSheetHost } from '../file/file-sheet-host.ts'
import { KEPT_FILES } from '../file/kept-changes.ts'
import { createWorkspace } from '../file/workspace.tsx'
import { mount } from '../main.tsx'
import { markStarted, rootElement } from './started.ts'

const host = new FileSheetHost()
const locale = navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
markStarted()
const workspace = createWorkspace(host, locale)
mount(rootElement(), host, { locale, storagePrefix: '', workspace, kept: KEPT_FILES })
